//! Tokens: until when they are valid, what they allow, and what becomes of changes at the same time.

use super::*;

#[test]
fn a_token_is_valid_until_it_expires_or_is_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let offices = Offices::open(folder.path()).unwrap();
    let areas = vec![Rights::read_area("BB").unwrap(), Rights::read_area("12060").unwrap()];
    let coordinates = Some(vec![Rights::read_area("region:nord").unwrap()]);
    let rights = Rights { areas, topics: [Topic::Law].into_iter().collect(), coordinates };
    let token = offices.add("bb", &rights, 1_000, Some(5_000)).unwrap();
    assert_eq!(offices.authenticate(&token, 4_999).unwrap().rights, rights);
    assert_eq!(offices.named("bb", 4_999).unwrap().rights, rights);
    assert!(matches!(offices.add("bb", &rights, 5_000, Some(5_000)), Err(OfficeError::ExpiredAlready)));
    assert_eq!(offices.authenticate(&token, 5_000), Err(AuthError::Expired));
    assert_eq!(offices.authenticate("ozg_00", 0), Err(AuthError::Unknown));
    let text = std::fs::read_to_string(folder.path().join(FILE_NAME)).unwrap();
    assert!(!text.contains(&token));
    let elsewhere = Offices::open(folder.path()).unwrap();
    assert_eq!(elsewhere.revoke("bb", 2_000).unwrap(), 1);
    assert_eq!(offices.authenticate(&token, 3_000), Err(AuthError::Revoked));
    assert!(matches!(offices.revoke("bb", 3_000), Err(OfficeError::NoSuchOffice(_))));
    assert_eq!(offices.named("bb", 3_000), Err(AuthError::Revoked));
    assert_eq!(offices.named("hh", 3_000), Err(AuthError::Unknown));
    assert!(matches!(offices.add("BB", &rights, 0, None), Err(OfficeError::BadId(_))));
}

#[test]
fn changes_at_the_same_time_all_stand() {
    let folder = tempfile::tempdir().unwrap();
    // Each has the file to itself, like another process.
    let offices: Vec<Offices> = (0..24).map(|_| Offices::open(folder.path()).unwrap()).collect();
    let add = |offices: &Offices, id: &str| offices.add(id, &Rights::default(), 1_000, None).unwrap();
    for number in 0..12 {
        add(&offices[0], &format!("old{number}"));
    }
    let changed: Vec<_> = std::thread::scope(|scope| {
        let change = |number: usize| {
            let offices = &offices[number];
            scope.spawn(move || match number % 2 {
                0 => Some(add(offices, &format!("new{number}"))),
                _ => {
                    assert_eq!(offices.revoke(&format!("old{}", number / 2), 2_000).unwrap(), 1);
                    None
                }
            })
        };
        let changes: Vec<_> = (0..24).map(change).collect();
        changes.into_iter().map(|change| change.join().unwrap()).collect()
    });
    for (number, token) in changed.iter().enumerate().filter_map(|(at, token)| Some((at, token.as_ref()?))) {
        assert_eq!(offices[1].authenticate(token, 3_000).unwrap().id, format!("new{number}"));
    }
    let rows = offices[0].list().unwrap();
    let (old, new): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.id.starts_with("old"));
    assert_eq!((old.len(), new.len()), (12, 12));
    assert!(old.iter().all(|row| row.revoked_at_ms == Some(2_000)), "no revocation is undone");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(folder.path().join(FILE_NAME)).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, MODE);
}

#[test]
fn an_unknown_area_never_makes_a_token_wider() {
    let folder = tempfile::tempdir().unwrap();
    let offices = Offices::open(folder.path()).unwrap();
    let rights = Rights { areas: vec![Rights::read_area("BB").unwrap()], ..Rights::default() };
    let token = offices.add("bb", &rights, 0, None).unwrap();
    assert_eq!(offices.authenticate(&token, 1).unwrap().rights, rights);
    let path = folder.path().join(FILE_NAME);
    let text = std::fs::read_to_string(&path).unwrap().replace("\"BB\"", "\"XX\"");
    std::fs::write(&path, text).unwrap();
    let again = Offices { path: path.clone(), read: Mutex::new((None, Vec::new())) };
    assert_eq!(again.authenticate(&token, 1), Err(AuthError::Unreadable));
    assert!(matches!(again.list(), Err(OfficeError::Unreadable { .. })));
    // A file that was there and is gone is no empty list either.
    std::fs::remove_file(&path).unwrap();
    assert_eq!(offices.authenticate(&token, 1), Err(AuthError::Unreadable));
    assert_eq!(Offices::open(folder.path()).unwrap().authenticate(&token, 1), Err(AuthError::Unknown));
}

#[test]
fn a_file_of_before_there_was_coordination_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let hash = blake3::hash(b"ozg_1").to_hex();
    let file = format!(
        r#"{{"offices":[{{"id":"bb","areas":["BB"],"topics":["bildung"],"token_hash":"{hash}","created_at_ms":1,"expires_at_ms":null,"revoked_at_ms":null}}]}}"#
    );
    std::fs::write(folder.path().join(FILE_NAME), file).unwrap();
    let office = Offices::open(folder.path()).unwrap().authenticate("ozg_1", 2).unwrap();
    assert_eq!((office.id.as_str(), office.rights.areas.len(), office.rights.coordinates), ("bb", 1, None));
}
