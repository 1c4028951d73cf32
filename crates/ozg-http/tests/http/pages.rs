//! The pages for people.

use crate::common::World;

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_is_there_in_both_languages_and_its_links_lead_somewhere() {
    let world = World::new().await;
    for (path, language) in [("/", "de"), ("/en/", "en")] {
        let page = world.get(path).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert_eq!(page.header("content-language"), language);
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; img-src 'self'; style-src 'sha256-"), "{policy}");
        let links: Vec<&str> =
            page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.len() > 40, "{links:?}");
        for link in links.into_iter().filter(|link| link.starts_with('/')) {
            let answer = world.get(&link.replace("&amp;", "&")).await;
            // The latest archive leads on to that of today.
            let expected = if link.ends_with("/latest.zip") { 302 } else { 200 };
            assert_eq!(answer.status, expected, "{link}: {}", answer.text);
        }
    }
}
