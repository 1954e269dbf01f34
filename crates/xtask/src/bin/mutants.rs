// SPDX-License-Identifier: EUPL-1.2
//! Mutation testing in one build: a copy of the engine holds every change at once, each behind its number, and the tests
//! are run once for each number.
//!
//! A build for each change takes minutes; a number in the environment takes none. What a change is: see `Changer`.
//!
//! Wanted: the root, the folder of the copy, then files below the root; without files the gates and the evaluation of
//! rules. Written beside the copy: `outcomes.tsv`; without files the counts in `docs/mutants.md` too. What survives must
//! stand there with its reason, and nothing else may.
#![forbid(unsafe_code)]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, Pat, ReturnType, Token, Type, UnOp, parse_quote};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The variable that holds the number of the change that is switched on.
const SWITCH: &str = "PASSEND_CHANGE";
/// Where reasons and counts stand, below the root.
const PAGE: &str = "docs/mutants.md";
/// What is changed where no file is named: a folder, or a file, below `SOURCE`.
const CHANGED: [&str; 10] = [
    "gate/",
    "policy/facility.rs",
    "policy/in_force.rs",
    "policy/row.rs",
    "policy/rules.rs",
    "policy/sector.rs",
    "policy/step.rs",
    "policy/twv_check.rs",
    "explain/facilities.rs",
    "explain/twv_check.rs",
];
const SOURCE: &str = "crates/passend/src/";
/// Test programs, those that say most about gates first: where their source stands, and the names of tests to be run.
const TESTS: [(&str, &[&str]); 15] = [
    ("crates/passend/src/lib.rs", &["gate::", "policy::"]),
    ("crates/passend/tests/cases.rs", &[]),
    ("crates/passend/tests/law_days.rs", &[]),
    ("crates/passend/tests/explanation.rs", &[]),
    ("crates/passend/tests/archetypes.rs", &[]),
    ("crates/passend/tests/diplomas.rs", &[]),
    ("crates/passend/tests/domain.rs", &[]),
    ("crates/passend/tests/law_page.rs", &[]),
    ("crates/passend/tests/plans.rs", &[]),
    // All of them, those of ranking and counting too; not the test that reads the source, which is written otherwise here.
    ("crates/passend/src/lib.rs", &["--skip", "text::catalogue::"]),
    ("crates/passend/tests/demo.rs", &[]),
    ("crates/passend/tests/promises.rs", &[]),
    ("crates/passend-synth/tests/plans.rs", &[]),
    ("crates/passend-synth/tests/shelf.rs", &[]),
    ("crates/passend-synth/tests/same_everywhere.rs", &[]),
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
    let reasons = Reasons::read(&fs::read_to_string(root.join(PAGE))?)?;
    let changes = copied(root, copy, files)?;
    say(&format!("{} changes", changes.len()));
    let programs = with_patience(built(copy)?)?;
    let outcomes = outcomes(&programs, &changes)?;
    let mut lines = String::new();
    for (Change { file, line, within, what }, by) in changes.iter().zip(&outcomes) {
        let by = by.as_deref().unwrap_or("survives");
        lines.push_str(&format!("{by}\t{file}\t{line}\t{within}\t{what}\n"));
    }
    fs::write(copy.join("outcomes.tsv"), lines)?;
    let told = changes.iter().zip(&outcomes).map(|(change, by)| (change, by.is_none()));
    let told: Vec<_> = told.collect();
    if files.is_empty() {
        let page = fs::read_to_string(root.join(PAGE))?;
        fs::write(root.join(PAGE), with_counts(&page, &told)?)?;
    }
    reasons.hold(&told)
}

/// What each change is caught by; two changes beside each other where there are processors for it.
fn outcomes(programs: &[Program], changes: &[Change]) -> Outcome<Vec<Option<String>>> {
    let left = Mutex::new((1..).zip(changes).enumerate());
    let found = Mutex::new(vec![None; changes.len()]);
    let work = || -> Outcome<()> {
        loop {
            let next = left.lock().map_err(|_| "a thread ended")?.next();
            let Some((at, (number, change))) = next else { return Ok(()) };
            let by = caught_by(programs, number)?;
            if by.is_none() {
                say(&format!("survives: {}", change.row()));
            }
            if let Some(place) = found.lock().map_err(|_| "a thread ended")?.get_mut(at) {
                *place = by;
            }
        }
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, |all| all.get().min(2));
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread ended")?)
    })?;
    Ok(found.into_inner().map_err(|_| "a thread ended")?)
}

/// Rows of the page: what survives, and why.
struct Reasons(BTreeSet<String>);

impl Reasons {
    /// Reads the table whose rows begin with a file, a function and a change in code.
    fn read(page: &str) -> Outcome<Self> {
        let mut rows = BTreeSet::new();
        for line in page.lines().filter(|line| line.starts_with("| `") && line.contains("` | `")) {
            let cells = line.trim_end_matches(['|', ' ']).rsplit_once("` | ");
            let (row, reason) = cells.ok_or_else(|| format!("`{PAGE}`: no reason in {line}"))?;
            if reason.len() < 10 {
                return Err(format!("`{PAGE}`: no reason in {line}").into());
            }
            rows.insert(format!("{row}` |"));
        }
        Ok(Self(rows))
    }

    /// Every survivor has a reason, and no reason is left over; of files that were not run nothing is asked.
    fn hold(&self, told: &[(&Change, bool)]) -> Outcome<()> {
        let survive = told.iter().filter(|(_, survives)| *survives).map(|(change, _)| change.row());
        let survive: BTreeSet<_> = survive.collect();
        let run: BTreeSet<_> = told.iter().map(|(change, _)| change.begin()).collect();
        let without: Vec<_> = survive.difference(&self.0).collect();
        let left: Vec<_> = self.0.difference(&survive).collect();
        let left = left.into_iter().filter(|row| run.iter().any(|file| row.starts_with(file)));
        let left: Vec<_> = left.collect();
        for row in &without {
            say(&format!("without a reason: {row} ? |"));
        }
        for row in &left {
            say(&format!("caught, or no change any more: {row}"));
        }
        if without.is_empty() && left.is_empty() {
            say(&format!("{} survive, each with its reason", survive.len()));
            return Ok(());
        }
        Err(format!(
            "{} survive without a reason in `{PAGE}`, {} rows there are stale",
            without.len(),
            left.len()
        )
        .into())
    }
}

/// The page with what was counted.
fn with_counts(page: &str, told: &[(&Change, bool)]) -> Outcome<String> {
    const BEGIN: &str = "<!-- counted by `cargo xtask mutants` -->\n";
    const END: &str = "<!-- until here -->";
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (change, survives) in told {
        let count = counts.entry(change.below()).or_default();
        count[usize::from(*survives)] += 1;
    }
    let mut table = String::from("| file | changes | caught | survive |\n|---|---|---|---|\n");
    let mut all = [0, 0];
    for (file, [caught, survive]) in counts {
        table.push_str(&format!("| `{file}` | {} | {caught} | {survive} |\n", caught + survive));
        all = [all[0] + caught, all[1] + survive];
    }
    table.push_str(&format!("| all | {} | {} | {} |\n", all[0] + all[1], all[0], all[1]));
    let (before, rest) = page.split_once(BEGIN).ok_or("the page has no place for counts")?;
    let (_, after) = rest.split_once(END).ok_or("the page has no end of the counts")?;
    Ok(format!("{before}{BEGIN}{table}{END}{after}"))
}

/// One change of the source.
struct Change {
    file: String,
    line: usize,
    /// The function that it is in.
    within: String,
    /// What is changed; what is changed in the same way before it in the function is counted.
    what: String,
}

impl Change {
    /// Its row in the page, up to the reason.
    fn row(&self) -> String {
        let what = self.what.replace('|', "\\|");
        format!("{}`{}` | `{what}` |", self.begin(), self.within)
    }

    /// How rows of its file begin.
    fn begin(&self) -> String {
        format!("| `{}` | ", self.below())
    }

    fn below(&self) -> &str {
        self.file.strip_prefix(SOURCE).unwrap_or(&self.file)
    }
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
    let Some(name) = name.strip_prefix(SOURCE) else { return false };
    let named = |one: &&str| if one.ends_with('/') { name.starts_with(*one) } else { name == *one };
    name != "gate/testing.rs" && CHANGED.iter().any(named)
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

/// A test program of the copy.
struct Program {
    /// Where its source stands, and which of its tests are run.
    name: String,
    path: PathBuf,
    folder: PathBuf,
    tests: &'static [&'static str],
    /// Tests that take longer have been caught by the change.
    patience: Duration,
}

/// The test programs of the copy, in the order in which they are run.
fn built(copy: &Path) -> Outcome<Vec<Program>> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(copy).args(["test", "--profile", "mutants", "--no-run", "--lib"]);
    cargo.args(["-p", "passend", "-p", "passend-synth"]);
    cargo.args(["--message-format", "json-render-diagnostics"]);
    let stems = TESTS.iter().filter_map(|(source, _)| Path::new(source).file_stem()?.to_str());
    for stem in stems.filter(|stem| *stem != "lib").collect::<BTreeSet<_>>() {
        cargo.args(["--test", stem]);
    }
    // The changes leave things unused, and say things that are always so.
    cargo.env("RUSTFLAGS", "--cap-lints allow").stderr(Stdio::inherit());
    let output = cargo.output()?;
    if !output.status.success() {
        return Err("the copy does not build".into());
    }
    let text = String::from_utf8(output.stdout)?;
    let find = |source: &str| -> Option<PathBuf> {
        let source = format!(r#"{source}""#);
        text.lines().filter(|line| line.contains(&source)).find_map(|line| {
            let (_, rest) = line.split_once(r#""executable":""#)?;
            Some(rest.split_once('"')?.0.into())
        })
    };
    let programs = TESTS.iter().map(|(source, tests)| {
        let path = find(source).ok_or_else(|| format!("the tests of `{source}` are not there"))?;
        let folder = Path::new(source).ancestors().nth(2).ok_or("tests without a crate")?;
        Ok(Program {
            name: [&[*source], *tests].concat().join(" "),
            path,
            folder: copy.join(folder),
            tests,
            patience: Duration::from_secs(600),
        })
    });
    programs.collect()
}

/// Runs each program without a change: it must pass, and tells how long it takes.
fn with_patience(mut programs: Vec<Program>) -> Outcome<Vec<Program>> {
    for program in &mut programs {
        let began = Instant::now();
        if !program.passes(0)? {
            return Err(format!("`{}` fails without any change", program.name).into());
        }
        let took = began.elapsed();
        say(&format!("without a change `{}` passes in {:.1} s", program.name, took.as_secs_f32()));
        program.patience = Duration::from_secs(20) + 10 * took;
    }
    Ok(programs)
}

/// The first test program that fails with a change.
fn caught_by(programs: &[Program], number: u32) -> Outcome<Option<String>> {
    for program in programs {
        if !program.passes(number)? {
            return Ok(Some(program.name.clone()));
        }
    }
    Ok(None)
}

impl Program {
    fn passes(&self, number: u32) -> Outcome<bool> {
        let mut child = Command::new(&self.path)
            .current_dir(&self.folder)
            .args(self.tests)
            .env(SWITCH, number.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let began = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status.success());
            }
            if began.elapsed() > self.patience {
                child.kill()?;
                child.wait()?;
                return Ok(false);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
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
        let within = self.within.join("::");
        let like = |one: &&Change| {
            let before = one.what.split(", no. ").next();
            one.file == self.file && one.within == within && before == Some(&*what)
        };
        let before = self.changes.iter().filter(like).count();
        let what = if before == 0 { what } else { format!("{what}, no. {}", before + 1) };
        let line = at.start().line;
        self.changes.push(Change { file: self.file.to_owned(), line, within, what });
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
            block.stmts.insert(0, parse_quote!(if crate::change() == #number { return #answer; }));
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

    /// `given`: what stands between the brackets, as it was written.
    fn method(&mut self, expr: &mut Expr, given: &str) {
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
            let shown = format!("without `.{name}({given})`");
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
        let given = match &*expr {
            Expr::MethodCall(call) => shown(&call.args),
            _ => String::new(),
        };
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Binary(_) => self.binary(expr),
            Expr::MethodCall(_) => self.method(expr, &given),
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
