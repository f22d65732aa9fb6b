use std::io::{self, Read};

fn closer(opener: char) -> Option<char> {
    match opener {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    }
}

fn check(content: &str) -> String {
    let mut open: Vec<(char, usize, usize)> = Vec::new();
    let mut deepest = 0;
    for (row, line) in content.split('\n').enumerate().map(|(i, line)| (i + 1, line)) {
        let mut text: Option<usize> = None;
        let mut chars = line.chars().enumerate().map(|(i, c)| (i + 1, c));
        while let Some((column, c)) = chars.next() {
            match (text, c) {
                (Some(_), '\\') => {
                    chars.next();
                }
                (Some(_), '"') => text = None,
                (Some(_), _) => {}
                (None, '"') => text = Some(column),
                (None, '#') => break,
                (None, ')' | ']' | '}') => match open.pop().and_then(|(opener, _, _)| closer(opener)) {
                    None => return format!("{row}:{column} unexpected {c}"),
                    Some(expected) if expected != c => {
                        return format!("{row}:{column} expected {expected} found {c}");
                    }
                    Some(_) => {}
                },
                (None, _) => {
                    if closer(c).is_some() {
                        open.push((c, row, column));
                        deepest = deepest.max(open.len());
                    }
                }
            }
        }
        if let Some(column) = text {
            return format!("{row}:{column} unclosed \"");
        }
    }
    match open.last() {
        Some((opener, row, column)) => format!("{row}:{column} unclosed {opener}"),
        None => format!("ok {deepest}"),
    }
}

fn main() {
    let mut content = String::new();
    io::stdin().read_to_string(&mut content).expect("the input is UTF-8");
    println!("{}", check(&content));
}
