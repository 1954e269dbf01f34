// SPDX-License-Identifier: EUPL-1.2
//! Mutation testing in one build: a copy of the engine holds every change at once, each behind its number, and the tests
//! are run once for each number.
//!
//! A build for each change takes minutes; a number in the environment takes none. What a change is: see `Changer`.
//!
//! Wanted: the root, the folder of the copy, then files below the root; without files the gates and the evaluation of
//! rules. Written beside the copy: `outcomes.tsv`.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, Pat, ReturnType, Token, Type, UnOp, parse_quote};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The variable that holds the number of the change that is switched on.
const SWITCH: &str = "PASSEND_CHANGE";
/// Tests that take longer than this have been caught by the change.
const PATIENCE: Duration = Duration::from_secs(300);
/// Test programs, those that say most about gates first, with the names of tests to be run.
const TESTS: [(&str, &[&str]); 8] = [
    ("passend", &["gate::", "policy::"]),
    ("cases", &[]),
    ("law_days", &[]),
    ("explanation", &[]),
    ("archetypes", &[]),
    ("diplomas", &[]),
    ("plans", &[]),
    ("promises", &[]),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [root, copy, files @ ..] = arguments.as_slice() else {
        say("mutants: expected the root, a folder for the copy, and files");
        return ExitCode::from(2);
    };
    match run(Path::new(root), Path::new(copy), files) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("mutants: {error}"));
            ExitCode::from(1)
        }
    }
}

fn run(root: &Path, copy: &Path, files: &[String]) -> Outcome<()> {
    let changes = copied(root, copy, files)?;
    say(&format!("{} changes", changes.len()));
    let programs = built(copy)?;
    let began = Instant::now();
    let told = killed_by(copy, &programs, 0)?;
    if let Some(program) = told {
        return Err(format!("`{program}` fails without any change").into());
    }
    say(&format!("without a change all tests pass, in {} s", began.elapsed().as_secs()));
    let mut outcomes = fs::File::create(copy.join("outcomes.tsv"))?;
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (number, change) in (1..).zip(&changes) {
        let by = killed_by(copy, &programs, number)?;
        let count = counts.entry(&change.file).or_default();
        count[usize::from(by.is_none())] += 1;
        let Change { file, line, within, what } = change;
        writeln!(outcomes, "{}\t{file}\t{line}\t{within}\t{what}", by.unwrap_or("survives"))?;
        if by.is_none() {
            say(&format!("survives: {file}:{line} {within}: {what}"));
        }
    }
    for (file, [killed, survived]) in counts {
        say(&format!("{file}: {killed} caught, {survived} survive"));
    }
    Ok(())
}

/// One change of the source.
struct Change {
    file: String,
    line: usize,
    /// The function that it is in.
    within: String,
    what: String,
}

/// Copies what git knows of, with every change in the files that are named.
fn copied(root: &Path, copy: &Path, files: &[String]) -> Outcome<Vec<Change>> {
    const ENGINE: &str = "crates/passend/src/lib.rs";
    let listed = Command::new("git")
        .current_dir(root)
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()?;
    let mut changes = Vec::new();
    for name in String::from_utf8(listed.stdout)?.split_terminator('\0') {
        let (from, to) = (root.join(name), copy.join(name));
        let Ok(bytes) = fs::read(&from) else { continue };
        let named = files.iter().any(|file| file == name);
        let bytes = if named || files.is_empty() && is_a_gate(name) {
            let mut file = syn::parse_file(&String::from_utf8(bytes)?)?;
            let mut changer = Changer { file: name, within: Vec::new(), changes: &mut changes };
            changer.visit_file_mut(&mut file);
            file.to_token_stream().to_string().into_bytes()
        } else if name == ENGINE {
            let mut text = String::from_utf8(bytes)?;
            text.push_str(&switch());
            text.into_bytes()
        } else {
            bytes
        };
        // What is there and the same is left alone, so that it is not built again.
        if fs::read(&to).ok().as_ref() != Some(&bytes) {
            fs::create_dir_all(to.parent().ok_or("a file without a folder")?)?;
            fs::write(to, bytes)?;
        }
    }
    Ok(changes)
}

/// Whether a file is one of the gates, or evaluates rules.
fn is_a_gate(name: &str) -> bool {
    const GATES: &str = "crates/passend/src/gate/";
    let gate = name.strip_prefix(GATES).is_some_and(|file| file != "testing.rs");
    gate || name == "crates/passend/src/policy/rules.rs"
}

/// The function by which the copy asks which change is on.
fn switch() -> String {
    let function = quote! {
        pub(crate) fn change() -> u32 {
            static CHANGE: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
            *CHANGE.get_or_init(|| {
                std::env::var(#SWITCH).ok().and_then(|number| number.parse().ok()).unwrap_or(0)
            })
        }
    };
    format!("\n{function}\n")
}

/// The test programs of the copy, in the order in which they are run.
fn built(copy: &Path) -> Outcome<Vec<(&'static str, PathBuf, &'static [&'static str])>> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(copy).args(["test", "--profile", "mutants", "-p", "passend", "--no-run"]);
    cargo.args(["--lib", "--message-format", "json-render-diagnostics"]);
    for (name, _) in TESTS.iter().filter(|(name, _)| *name != "passend") {
        cargo.args(["--test", name]);
    }
    // The changes leave things unused, and say things that are always so.
    cargo.env("RUSTFLAGS", "--cap-lints allow").stderr(Stdio::inherit());
    let output = cargo.output()?;
    if !output.status.success() {
        return Err("the copy does not build".into());
    }
    let text = String::from_utf8(output.stdout)?;
    let find = |name: &str| -> Option<PathBuf> {
        text.lines().find_map(|line| {
            let (_, rest) = line.split_once(r#""executable":""#)?;
            let (path, _) = rest.split_once('"')?;
            let stem = Path::new(path).file_stem()?.to_str()?;
            stem.rsplit_once('-').is_some_and(|(stem, _)| stem == name).then(|| path.into())
        })
    };
    let programs = TESTS.iter().map(|(name, tests)| {
        let path = find(name).ok_or_else(|| format!("the test program `{name}` is not there"))?;
        Ok((*name, path, *tests))
    });
    programs.collect()
}

/// The first test program that fails with a change.
fn killed_by(
    copy: &Path,
    programs: &[(&'static str, PathBuf, &'static [&'static str])],
    number: u32,
) -> Outcome<Option<&'static str>> {
    for (name, program, tests) in programs {
        let mut child = Command::new(program)
            .current_dir(copy.join("crates/passend"))
            .args(*tests)
            .env(SWITCH, number.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let began = Instant::now();
        let passed = loop {
            if let Some(status) = child.try_wait()? {
                break status.success();
            }
            if began.elapsed() > PATIENCE {
                child.kill()?;
                child.wait()?;
                break false;
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        if !passed {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Puts every change behind its number.
///
/// Changed are comparisons, sums and logic, `!`, methods that come in pairs (any and all, least and greatest), what a
/// finding is given (an end, a remark, a rule), fields beside `..`, arms of a `match` that has an arm for the rest, guards,
/// and answers of whole functions that are yes or no, a number, a word or perhaps nothing. Tests and constants stay.
struct Changer<'a> {
    file: &'a str,
    within: Vec<String>,
    changes: &'a mut Vec<Change>,
}

impl Changer<'_> {
    /// The number of a new change.
    fn number(&mut self, at: proc_macro2::Span, what: String) -> u32 {
        self.changes.push(Change {
            file: self.file.to_owned(),
            line: at.start().line,
            within: self.within.join("::"),
            what,
        });
        u32::try_from(self.changes.len()).unwrap_or(u32::MAX)
    }

    fn function(&mut self, name: String, signature: &mut syn::Signature, block: &mut Block) {
        // A switch is no constant.
        signature.constness = None;
        self.within.push(name);
        visit_mut::visit_block_mut(self, block);
        let at = signature.ident.span();
        let answers: Vec<Expr> = match &signature.output {
            ReturnType::Default => vec![parse_quote!(())],
            ReturnType::Type(_, answer) => answers(answer),
        };
        for answer in answers {
            let number = self.number(at, format!("answers {}", shown(&answer)));
            let before = block.stmts.len();
            block.stmts.insert(0, parse_quote!(if crate::change() == #number { return #answer; }));
            debug_assert!(block.stmts.len() > before);
        }
        self.within.pop();
    }

    fn binary(&mut self, expr: &mut Expr) {
        let Expr::Binary(binary) = &*expr else { return };
        if is_let(&binary.left) || is_let(&binary.right) {
            return;
        }
        let binary = binary.clone();
        let arms: Vec<_> = instead(&binary.op)
            .into_iter()
            .map(|op| {
                let what = format!("`{}` is `{}`", shown(&binary.op), shown(&op));
                let number = self.number(binary.op.span(), what);
                let (left, right) = (&binary.left, &binary.right);
                quote!(#number => #left #op #right,)
            })
            .collect();
        if !arms.is_empty() {
            *expr = parse_quote!((match crate::change() { #(#arms)* _ => #binary }));
        }
    }

    fn method(&mut self, expr: &mut Expr) {
        const PAIRS: [(&str, &str); 13] = [
            ("any", "all"),
            ("max", "min"),
            ("max_by_key", "min_by_key"),
            ("is_some_and", "is_none_or"),
            ("is_some", "is_none"),
            ("first", "last"),
            ("all", "any"),
            ("min", "max"),
            ("min_by_key", "max_by_key"),
            ("is_none_or", "is_some_and"),
            ("is_none", "is_some"),
            ("last", "first"),
            ("saturating_sub", "saturating_add"),
        ];
        const GIVEN: [&str; 8] =
            ["until", "remarked", "by_law", "by", "about", "or", "resting_on", "asking"];
        let Expr::MethodCall(call) = &*expr else { return };
        let name = call.method.to_string();
        let call = call.clone();
        // Methods of our own may be called like those of the library.
        let of_one = ["any", "all", "is_some_and", "is_none_or"].contains(&name.as_str());
        let own = of_one && call.args.len() != 1;
        if let Some((_, other)) = PAIRS.iter().find(|(one, _)| *one == name && !own) {
            let number = self.number(call.method.span(), format!("`{name}` is `{other}`"));
            let mut changed = call.clone();
            changed.method = syn::Ident::new(other, call.method.span());
            *expr = parse_quote!((match crate::change() { #number => #changed, _ => #call }));
        } else if GIVEN.contains(&name.as_str()) {
            let shown = format!("without `.{name}({})`", shown(&call.args));
            let number = self.number(call.method.span(), shown);
            let (receiver, method, arguments) = (&call.receiver, &call.method, &call.args);
            *expr = parse_quote!({
                let given = #receiver;
                if crate::change() == #number { given } else { given.#method(#arguments) }
            });
        }
    }

    fn fields(&mut self, expr: &mut Expr) {
        let Expr::Struct(made) = &*expr else { return };
        let Some(rest) = made.rest.as_ref().filter(|rest| shown(rest) != "self") else { return };
        let (rest, mut made) = (rest.clone(), made.clone());
        for field in &mut made.fields {
            let member = field.member.clone();
            let what = format!("without the field `{}`", shown(&member));
            let number = self.number(member.span(), what);
            let value = &field.expr;
            let value = parse_quote!(
                if crate::change() == #number { rest_of_it.#member } else { #value }
            );
            field.expr = value;
            field.colon_token.get_or_insert_default();
        }
        made.rest = Some(parse_quote!(rest_of_it));
        *expr = parse_quote!({ let rest_of_it = #rest; #made });
    }

    fn arms(&mut self, expr: &mut Expr) {
        let Expr::Match(choice) = expr else { return };
        let for_the_rest =
            choice.arms.last().is_some_and(|arm| arm.guard.is_none() && is_for_the_rest(&arm.pat));
        let arms = choice.arms.len();
        for (at, arm) in choice.arms.iter_mut().enumerate() {
            if let Some((_, guard)) = &mut arm.guard
                && !is_let(guard)
            {
                let span = arm.pat.span();
                let yes = self.number(span, format!("the guard of `{}` holds", shown(&arm.pat)));
                let no =
                    self.number(span, format!("the guard of `{}` does not hold", shown(&arm.pat)));
                **guard = parse_quote!(
                    match crate::change() { #yes => true, #no => false, _ => #guard }
                );
            } else if for_the_rest && at + 1 < arms && arm.guard.is_none() {
                let what = format!("without the arm `{}`", shown(&arm.pat));
                let number = self.number(arm.pat.span(), what);
                let guard: Expr = parse_quote!(crate::change() != #number);
                arm.guard = Some((Token![if](arm.pat.span()), Box::new(guard)));
            }
        }
    }
}

impl VisitMut for Changer<'_> {
    fn visit_item_mod_mut(&mut self, item: &mut syn::ItemMod) {
        if !is_test(&item.attrs) {
            visit_mut::visit_item_mod_mut(self, item);
        }
    }

    fn visit_item_fn_mut(&mut self, item: &mut syn::ItemFn) {
        self.function(item.sig.ident.to_string(), &mut item.sig, &mut item.block);
    }

    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        self.within.push(shown(&item.self_ty));
        visit_mut::visit_item_impl_mut(self, item);
        self.within.pop();
    }

    fn visit_impl_item_fn_mut(&mut self, item: &mut syn::ImplItemFn) {
        self.function(item.sig.ident.to_string(), &mut item.sig, &mut item.block);
    }

    fn visit_item_const_mut(&mut self, _: &mut syn::ItemConst) {}
    fn visit_item_static_mut(&mut self, _: &mut syn::ItemStatic) {}
    fn visit_impl_item_const_mut(&mut self, _: &mut syn::ImplItemConst) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
    fn visit_pat_mut(&mut self, _: &mut Pat) {}
    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(called) = &*expr
            && called.mac.path.is_ident("matches")
            && let Ok(Matches { of, pat, guard }) = called.mac.parse_body()
        {
            let guard = guard.map(|guard| quote!(if #guard));
            *expr = parse_quote!((match #of { #pat #guard => true, _ => false }));
        }
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Binary(_) => self.binary(expr),
            Expr::MethodCall(_) => self.method(expr),
            Expr::Struct(_) => self.fields(expr),
            Expr::Match(_) => self.arms(expr),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_) | UnOp::Neg(_)) => {
                let what = format!("without `{}`", shown(&unary.op));
                let number = self.number(unary.op.span(), what);
                let (unary, inner) = (unary.clone(), &unary.expr);
                *expr = parse_quote!((if crate::change() == #number { #inner } else { #unary }));
            }
            _ => {}
        }
    }
}

/// What stands between the brackets of `matches!`.
struct Matches {
    of: Expr,
    pat: Pat,
    guard: Option<Expr>,
}

impl Parse for Matches {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let of = input.parse()?;
        input.parse::<Token![,]>()?;
        let pat = Pat::parse_multi_with_leading_vert(input)?;
        let guard = if input.parse::<Option<Token![if]>>()?.is_some() {
            Some(input.parse()?)
        } else {
            None
        };
        input.parse::<Option<Token![,]>>()?;
        Ok(Self { of, pat, guard })
    }
}

/// Other answers of a function with a type.
fn answers(answer: &Type) -> Vec<Expr> {
    let shown = shown(answer);
    match shown.as_str() {
        "bool" => vec![parse_quote!(true), parse_quote!(false)],
        "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64" => {
            vec![parse_quote!(0), parse_quote!(1)]
        }
        "String" => vec![parse_quote!(String::new())],
        "& 'static str" | "& str" => vec![parse_quote!("")],
        _ if shown.starts_with("Option <") && !shown.contains("impl ") => vec![parse_quote!(None)],
        _ => Vec::new(),
    }
}

/// What can stand in the place of a sign.
fn instead(op: &BinOp) -> Vec<BinOp> {
    let others: &[&str] = match op {
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::Lt(_) => &["<=", ">", "=="],
        BinOp::Le(_) => &["<", ">"],
        BinOp::Gt(_) => &[">=", "<", "=="],
        BinOp::Ge(_) => &[">", "<"],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        BinOp::Add(_) => &["-"],
        BinOp::Sub(_) => &["+"],
        BinOp::Mul(_) => &["+"],
        BinOp::Div(_) => &["*"],
        BinOp::Rem(_) => &["*"],
        BinOp::Shl(_) => &[">>"],
        BinOp::BitAnd(_) => &["|"],
        BinOp::BitOr(_) => &["&"],
        BinOp::BitOrAssign(_) => &["&="],
        BinOp::AddAssign(_) => &["-="],
        BinOp::SubAssign(_) => &["+="],
        _ => &[],
    };
    others.iter().filter_map(|other| syn::parse_str(other).ok()).collect()
}

/// Whether an expression binds names, which a switch around it would hide.
fn is_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(binary) => is_let(&binary.left) || is_let(&binary.right),
        _ => false,
    }
}

/// Whether a pattern takes whatever is left: a name of small letters binds, another such as `None` does not.
fn is_for_the_rest(pat: &Pat) -> bool {
    match pat {
        Pat::Wild(_) => true,
        Pat::Ident(name) => name.ident.to_string().starts_with(char::is_lowercase),
        _ => false,
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && shown(&attribute.meta).contains("test")
    })
}

fn shown(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
