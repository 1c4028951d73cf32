//! PromQL over a few series, with worked values: what no Prometheus that a test could run knows, and what one once got wrong
//! here. `worked.txt` holds series, questions and answers; `UPDATE_EXPECT=1` writes the answers anew.

mod worked;
mod world;
