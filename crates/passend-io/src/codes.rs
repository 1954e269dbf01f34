// SPDX-License-Identifier: EUPL-1.2
//! The catalogue of codes: what can be wrong with a file, a row or a call, and what to do about it.
//!
//! A code never changes meaning. `docs/errors.md` shows each with an example; a test provokes every one of them.

use passend::Text;
use serde::{Serialize, Serializer};

/// Makes the enum and its table from one list, so that a code cannot lack its texts.
macro_rules! catalogue {
    ($($variant:ident = $id:literal $name:literal: $rule:literal, nl $nl:literal, en $en:literal;)*) => {
        /// A stable code: `E1xx` a file, `E2xx` a row, `E3xx` the call, `E9xx` what may never enter, `W1xx` a repair.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = concat!("`", $id, "`: expected ", $rule, ".")]
                $variant,
            )*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$variant => &Entry { id: $id, name: $name, rule: $rule, nl: $nl, en: $en },)*
                }
            }
        }
    };
}

/// What the catalogue holds of a code. Names between braces are filled in where the code is used.
struct Entry {
    id: &'static str,
    name: &'static str,
    rule: &'static str,
    nl: &'static str,
    en: &'static str,
}

catalogue! {
    EmptyFile = "E101" "empty_file": "a file with at least one record",
        nl "Het bestand is leeg. Kijk of de export is gelukt.",
        en "The file is empty. See whether the export went well.";
    PackedFile = "E102" "packed_file": "records as JSON text in UTF-8",
        nl "Dit is een {kind}. Pak het uit, en zet het om naar JSON Lines; `passend schema candidate` toont de sleutels.",
        en "This is a {kind}. Unpack it, and turn it into JSON Lines; `passend schema candidate` shows the keys.";
    ColumnarFile = "E103" "columnar_file": "records as JSON text in UTF-8, CSV or Parquet",
        nl "Dit is een {kind}. Zet het eerst om in JSON Lines of Parquet.",
        en "This is a {kind}. Turn it into JSON Lines or Parquet first.";
    Utf16 = "E104" "utf_16": "text in UTF-8",
        nl "Dit bestand is UTF-16. Sla het op als UTF-8.",
        en "This file is UTF-16. Save it as UTF-8.";
    Table = "E105" "table": "records as JSON text, or CSV with commas and the columns of the schema",
        nl "Dit lijkt een tabel (CSV), maar niet met onze kolommen. Maak er met `passend import` records van.",
        en "This looks like a table (CSV), but not with our columns. Make records of it with `passend import`.";
    Markup = "E106" "markup": "records as JSON text",
        nl "Dit lijkt XML of HTML. Zet het om naar JSON Lines; `passend schema candidate` toont de sleutels.",
        en "This looks like XML or HTML. Turn it into JSON Lines; `passend schema candidate` shows the keys.";
    NotRecords = "E107" "not_records": "records as JSON text, each on its own line, or one list of records",
        nl "In dit bestand begint geen enkele regel met `{`. Kijk of dit het goede bestand is.",
        en "No line of this file begins with `{`. See whether it is the right file.";
    OtherList = "E108" "other_list": "a list of records: `[{\"id\":…}, …]`",
        nl "Dit is een lijst, maar niet van records. Elk record staat tussen `{` en `}`.",
        en "This is a list, but not of records. Each record stands between `{` and `}`.";
    TooManyRefused = "E109" "too_many_refused": "at most {max} percent of the rows refused",
        nl "Er zijn {refused} van de {read} regels geweigerd. Kijk met `--refused FILE` waarom; met `--max-refused` mogen het er meer zijn.",
        en "{refused} of {read} rows were refused. See why with `--refused FILE`; `--max-refused` allows more.";
    Unreadable = "E110" "unreadable": "a file that can be read to its end",
        nl "Het bestand kan niet worden gelezen. Kijk of het bestaat, of het mag, en of de schijf werkt.",
        en "The file cannot be read. See whether it exists, whether reading is allowed, and whether the disk works.";
    StoppedAtFirst = "E111" "stopped_at_first": "no refused row, since `--strict` was asked",
        nl "Gestopt bij de eerste geweigerde regel. Verbeter die regel, of laat `--strict` weg.",
        en "Stopped at the first refused row. Mend that row, or leave out `--strict`.";
    Swapped = "E112" "swapped": "candidates first, then vacancies",
        nl "Alle regels hebben sleutels van de andere soort. Wissel de twee bestanden om.",
        en "All rows have keys of the other kind. Swap the two files.";
    BrokenParquet = "E113" "broken_parquet": "a whole Parquet file, packed with zstd, with snappy or not at all",
        nl "Dit Parquet-bestand is niet heel, of anders ingepakt. Schrijf het opnieuw, met zstd.",
        en "This Parquet file is not whole, or packed in another way. Write it again, with zstd.";
    NoTable = "E121" "no_table": "a table with a row of column names, such as `id`, `postcode` and `taalniveau`",
        nl "In dit bestand is geen rij met bekende kolomnamen gevonden. Zet de namen boven de kolommen, of maak een mapping met `--mapping`.",
        en "No row with known column names was found in this file. Put the names above the columns, or make a mapping with `--mapping`.";
    NoIdColumn = "E122" "no_id_column": "a column that says which row is about whom, such as `kandidaatnummer` or `vacaturenummer`",
        nl "Er is geen kolom met een nummer of id voor elke rij. Voeg er een toe, of wijs hem aan in de mapping met `field = \"id\"`.",
        en "No column has a number or id for each row. Add one, or point it out in the mapping with `field = \"id\"`.";
    OnlyNationalNumber = "E123" "only_national_number": "an id that is no national or case number",
        nl "Alleen een BSN, V-nummer of zaaknummer zegt over wie een rij gaat. Geef `--pseudonymise --key-file BESTAND`: dan blijft er alleen een versleutelde code over.",
        en "Only a citizen service, alien or case number says whom a row is about. Give `--pseudonymise --key-file FILE`: then only a keyed hash is left.";
    ColumnTwice = "E124" "column_twice": "each column name once",
        nl "De kolom `{column}` staat er twee keer. Geef er één een andere naam, of haal hem weg.",
        en "The column `{column}` stands there twice. Give one of them another name, or take it out.";
    UnclosedQuote = "E125" "unclosed_quote": "a quote at the end of each cell that begins with one; the one on line {line} is never closed",
        nl "Op regel {line} begint een aanhalingsteken dat nergens wordt gesloten. Sluit het, of haal het weg.",
        en "On line {line} a quote begins that is never closed. Close it, or take it out.";
    DayOrder = "E126" "day_order": "days of which one shows whether the day or the month comes first",
        nl "In de kolom `{column}` kan elke datum op twee manieren gelezen worden, of de data spreken elkaar tegen. Zet in de mapping bij deze kolom `order = \"day-first\"` of `order = \"month-first\"`.",
        en "In the column `{column}` each day can be read in two ways, or the days contradict each other. Write `order = \"day-first\"` or `order = \"month-first\"` for this column in the mapping.";
    BrokenWorkbook = "E127" "broken_workbook": "a whole Excel workbook (xlsx) without a password",
        nl "Dit Excel-bestand is niet heel of heeft een wachtwoord. Sla het opnieuw op als xlsx of als CSV.",
        en "This Excel file is not whole, or has a password. Save it again as xlsx or as CSV.";
    LargeWorkbook = "E128" "large_workbook": "a workbook of at most 512 MB when unpacked, with at most 1,000 columns",
        nl "Dit Excel-bestand is uitgepakt veel te groot. Sla alleen het blad met de tabel op, als xlsx of als CSV.",
        en "This Excel file is far too large when unpacked. Save only the sheet with the table, as xlsx or as CSV.";
    OtherFile = "E129" "other_file": "a table: CSV, TSV or an Excel workbook (xlsx)",
        nl "Dit is een {kind}. Sla de tabel op als xlsx of als CSV.",
        en "This is a {kind}. Save the table as xlsx or as CSV.";
    NotMessages = "E131" "not_messages": "a JSON list of messages, each between `{` and `}`",
        nl "Dit is geen lijst van VUM-berichten. Zet de berichten tussen `[` en `]`, met komma's ertussen.",
        en "This is no list of VUM messages. Put the messages between `[` and `]`, with commas between them.";
    NotJsonFile = "E132" "not_json_file": "one whole JSON value, at most 127 levels deep",
        nl "Dit is geen hele JSON. Kijk of het bestand compleet is overgekomen.",
        en "This is no whole JSON. See whether all of the file arrived.";
    BrokenXml = "E133" "broken_xml": "whole XML in UTF-8: {expected}",
        nl "Deze XML kan niet worden gelezen. Maak de export opnieuw, en verander er niets in.",
        en "This XML cannot be read. Make the export again, and change nothing in it.";
    OtherXml = "E134" "other_xml": "a Europass file, with `Candidate` or `SkillsPassport` as its first element",
        nl "Dit is geen Europass-bestand zoals europass.eu het maakt. Een eerste element `Europass` is een eigen vorm van een ander programma. Maak het cv op europass.eu en bewaar het als XML.",
        en "This is no Europass file as europass.eu makes it. A first element `Europass` is a form that another program made up. Make the CV on europass.eu and save it as XML.";
    NoPosting = "E135" "no_posting": "at least one `JobPosting` of schema.org, as JSON-LD",
        nl "In dit bestand staat geen vacature als JSON-LD. Bewaar de pagina van één vacature, met alle inhoud.",
        en "This file holds no vacancy as JSON-LD. Save the page of one vacancy, with all of its content.";
    NotResume = "E136" "not_resume": "a CV of JSON Resume: an object with `basics`, `work`, `education`, `languages` or `skills`",
        nl "Dit is geen cv in de vorm van JSON Resume.",
        en "This is no CV in the form of JSON Resume.";
    TooLarge = "E137" "too_large": "a file of at most {most}",
        nl "Dit bestand is te groot. Haal foto's en bijlagen eruit, of deel het op.",
        en "This file is too large. Take photos and attachments out of it, or split it.";
    OtherSide = "E138" "other_side": "`--side {side}` with this format",
        nl "Deze vorm kent alleen de andere kant. Gebruik `--side {side}`.",
        en "This form only knows the other side. Use `--side {side}`.";

    UnknownKey = "E201" "unknown_key": "a key of the schema, or one that begins with `x_`",
        nl "De sleutel `{key}` bestaat niet.{meant} Eigen sleutels beginnen met `x_`.",
        en "There is no key `{key}`.{meant} Keys of your own begin with `x_`.";
    DuplicateId = "E202" "duplicate_id": "one record for each id",
        nl "Ook op {lines} staat een record met dit id, en ze verschillen. Laat er één staan.",
        en "Another record has this id on {lines}, and they differ. Keep one of them.";
    NotJson = "E203" "not_json": "one complete JSON object",
        nl "Dit is geen geldige JSON. Kijk bij deze kolom naar aanhalingstekens, komma's en haakjes.",
        en "This is not valid JSON. Look at quotes, commas and brackets near this column.";
    NotAnObject = "E204" "not_an_object": "an object: `{\"id\":…}`",
        nl "Een record staat tussen `{` en `}`.",
        en "A record stands between `{` and `}`.";
    MissingKey = "E205" "missing_key": "the key `{key}`",
        nl "De sleutel `{key}` ontbreekt. Vul hem in.",
        en "The key `{key}` is missing. Fill it in.";
    WrongType = "E206" "wrong_type": "{expected}",
        nl "Hier hoort {expected}. Weet je het niet, laat de sleutel dan weg.",
        en "This should be {expected}. If it is not known, leave the key out.";
    UnknownValue = "E207" "unknown_value": "one of {allowed}",
        nl "Kies een van deze waarden: {allowed}.",
        en "Choose one of these values: {allowed}.";
    BadDay = "E208" "bad_day": "a day such as `2026-11-25`, between 1900 and 2199",
        nl "Schrijf een dag die bestaat als jaar-maand-dag: `2026-11-25`.",
        en "Write a day that exists as year-month-day: `2026-11-25`.";
    BadTime = "E209" "bad_time": "a time such as `09:00`, at most `24:00`",
        nl "Schrijf een tijd met vier cijfers: `09:00`.",
        en "Write a time with four digits: `09:00`.";
    OutOfRange = "E210" "out_of_range": "a number {range}",
        nl "Hier hoort een getal {range}. Kijk naar de eenheid en de komma.",
        en "This should be a number {range}. Look at the unit and the decimal sign.";
    WrongOrder = "E211" "wrong_order": "the first of the two not after the second",
        nl "Het begin ligt na het einde, of het minste is meer dan het meeste. Wissel ze om of verbeter ze.",
        en "The begin lies after the end, or the least is more than the most. Swap or mend them.";
    EmptyConcept = "E212" "empty_concept": "`code`, or what people call it",
        nl "Er staat geen code en geen naam. Vul er één in, of laat het hele onderdeel weg.",
        en "There is neither a code nor a name. Fill in one, or leave the whole part out.";
    BadPostcode = "E213" "bad_postcode": "a postcode such as `9711` or `9711LM`",
        nl "Een postcode heeft vier cijfers, het eerste geen 0, en soms twee letters: `9711LM`.",
        en "A Dutch postcode has four digits, the first not 0, and sometimes two letters: `9711LM`.";
    BadLanguage = "E214" "bad_language": "an ISO 639 code such as `nl`",
        nl "Schrijf de taal als code van twee of drie kleine letters: `nl`, `en`, `ti`.",
        en "Write the language as a code of two or three small letters: `nl`, `en`, `ti`.";
    BadId = "E215" "bad_id": "1 to 200 bytes without spaces around, control or invisible characters (such as U+200B)",
        nl "Het id is leeg, te lang of heeft onzichtbare tekens. Typ het opnieuw.",
        en "The id is empty, too long or has invisible characters. Type it again.";
    BadText = "E216" "bad_text": "a text of at most 65,536 bytes without NUL",
        nl "De tekst is te lang of heeft het teken NUL. Kort hem in.",
        en "The text is too long or has the character NUL. Shorten it.";
    OtherSchema = "E217" "other_schema": "`passend/candidate/1` or `passend/vacancy/1`, as the side of the file",
        nl "Dit record is van een andere soort of versie. Kijk of de bestanden zijn omgewisseld.",
        en "This record is of another kind or version. See whether the files were swapped.";
    DuplicateKey = "E218" "duplicate_key": "each key once",
        nl "De sleutel `{key}` staat er twee keer. Laat er één staan.",
        en "The key `{key}` stands there twice. Keep one of them.";
    NotUtf8 = "E219" "not_utf_8": "text in UTF-8",
        nl "Hier staat een teken dat geen UTF-8 is. Sla het bestand op als UTF-8.",
        en "Here is a character that is not UTF-8. Save the file as UTF-8.";
    TooLong = "E220" "too_long": "a record of at most 1,048,576 bytes",
        nl "Dit record is groter dan 1 MB. Kijk of er een aanhalingsteken of regeleinde ontbreekt.",
        en "This record is larger than 1 MB. See whether a quote or line break is missing.";
    NulByte = "E221" "nul_byte": "text without the byte NUL",
        nl "Hier staat een NUL-byte. Maak de export opnieuw.",
        en "Here is a NUL byte. Make the export again.";
    UnevenRow = "E222" "uneven_row": "as many cells as the header has, and a quote at the end of each cell that begins with one",
        nl "Deze regel heeft meer of minder cellen dan de kop, of een aanhalingsteken te veel of te weinig. Zet een cel met een komma tussen aanhalingstekens.",
        en "This row has more or fewer cells than the header, or a quote too many or too few. Put a cell with a comma between quotes.";
    VumField = "E231" "vum_field": "{expected}",
        nl "Dit VUM-veld hoort anders: {expected}. Kijk in de standaard, of vraag het de afzender.",
        en "This VUM field should be different: {expected}. Look in the standard, or ask the sender.";
    BrokenBlock = "E232" "broken_block": "JSON between `<script type=\"application/ld+json\">` and `</script>`",
        nl "Dit blok JSON-LD is niet heel. De andere blokken van de pagina zijn gewoon gelezen.",
        en "This block of JSON-LD is not whole. The other blocks of the page were read as usual.";

    UnknownCandidate = "E301" "unknown_candidate": "the id of a candidate in the file",
        nl "Dit id staat niet in het bestand met kandidaten, of de regel is geweigerd.",
        en "This id is not in the file of candidates, or its row was refused.";
    UnknownVacancy = "E302" "unknown_vacancy": "the id of a vacancy in the file",
        nl "Dit id staat niet in het bestand met vacatures, of de regel is geweigerd.",
        en "This id is not in the file of vacancies, or its row was refused.";
    BadPolicy = "E303" "bad_policy": "a policy file whose rows fit together",
        nl "Kijk naar de genoemde regel van het beleidsbestand.",
        en "Look at the row of the policy file that is named.";
    BadVocabulary = "E304" "bad_vocabulary": "a vocabulary: a pack, or lines of id, label and `p`, `a` or `x` with tabs between them",
        nl "Kijk naar de genoemde plaats in het bestand met woorden; `docs/vocabulary.md` toont de vormen.",
        en "Look at the place in the vocabulary file that is named; `docs/vocabulary.md` shows the forms.";
    BadPlaces = "E305" "bad_places": "a CSV file with the columns `place`, `x` and `y` (metres of the national grid), and perhaps `radius`",
        nl "Kijk naar de genoemde regel van het bestand met plaatsen.",
        en "Look at the line of the file of places that is named.";
    Unwritable = "E306" "unwritable": "a place where the output may be written",
        nl "De uitvoer kan niet worden geschreven. Kijk of de map bestaat, of het mag, en of er ruimte is.",
        en "The output cannot be written. See whether the folder exists, whether writing is allowed, and whether there is room.";
    BadSidecar = "E308" "bad_sidecar": "a sidecar that `import` wrote for VUM messages, unchanged",
        nl "Kijk naar de genoemde regel van het bijbestand, of maak het opnieuw met `import --sidecar`.",
        en "Look at the line of the sidecar that is named, or make it again with `import --sidecar`.";
    BadCrosswalk = "E309" "bad_crosswalk": "a table with a column whose name has `competentnl`, and `uwv_code` or a column whose name has `label`",
        nl "Kijk naar de genoemde regel van de tabel met codes van CompetentNL.",
        en "Look at the line of the table with codes of CompetentNL that is named.";
    BadCall = "E310" "bad_call": "an argument, a key or a value that the C library can use",
        nl "Kijk bij `field` waar het om gaat: `passend.h` toont de argumenten, de operatie `schema` de sleutels van elk verzoek.",
        en "See in `field` what it is about: `passend.h` shows the arguments, the operation `schema` the keys of each request.";
    BadProgrammes = "E311" "bad_programmes": "a TOML file of programmes, each with `id`, `nl`, `en`, `gives` and `days`",
        nl "Kijk naar het genoemde programma. `docs/plans.md` toont een voorbeeld.",
        en "Look at the programme that is named. `docs/plans.md` shows an example.";
    BadTimetables = "E312" "bad_timetables": "a JSON list of timetables, each with `id` and `slots` of `day`, `from` and `to`; with groups an object of `timetables`, `groups`, `rooms` and `teachers`, in which each name is there once",
        nl "Kijk naar de genoemde plaats in het bestand met lesroosters. `docs/assignment.md` toont een voorbeeld.",
        en "Look at the place in the file of timetables that is named. `docs/assignment.md` shows an example.";
    BadMapping = "E321" "bad_mapping": "a mapping as `passend import --mapping` writes it, of the same side",
        nl "Kijk naar de genoemde plaats in de mapping; `docs/import.md` noemt de velden.",
        en "Look at the place in the mapping that is named; `docs/import.md` lists the fields.";
    BadKeyFile = "E322" "bad_key_file": "a key file of at least 32 bytes that only its owner may read",
        nl "Maak een sleutel, bijvoorbeeld met `head -c 32 /dev/urandom | base64 > sleutel`, en geef alleen uzelf toegang: `chmod 600 sleutel`.",
        en "Make a key, for instance with `head -c 32 /dev/urandom | base64 > key`, and let only yourself read it: `chmod 600 key`.";
    Busy = "E331" "busy": "a file that no other run is writing now",
        nl "Een andere run schrijft dit bestand nu. Wacht tot die klaar is, of kies een ander bestand.",
        en "Another run is writing this file now. Wait until it is done, or choose another file.";
    BrokenRecord = "E332" "broken_record": "a run record whose lines are as they were written",
        nl "Deze regel van het verslag van de runs is veranderd, of het bestand is geen verslag. Begin een nieuw verslag, en bewaar dit.",
        en "This line of the run record was changed, or the file is no run record. Begin a new record, and keep this one.";
    CannotResume = "E333" "cannot_resume": "the same inputs, rules, words and version as when the run began",
        nl "Wat genoemd is, is veranderd sinds de run begon. Begin opnieuw zonder `--resume`.",
        en "What is named was changed since the run began. Begin again without `--resume`.";
    NoOperation = "E340" "no_operation": "one of the operations that `about` lists",
        nl "Kijk naar de naam van de operatie en de versie van de bibliotheek.",
        en "See the name of the operation and the version of the library.";
    NoMarket = "E341" "no_market": "the name of a market that was loaded",
        nl "Laad hem eerst met `market_load`.",
        en "Load it first with `market_load`.";
    Cancelled = "E342" "cancelled": "a progress callback that gives 0 to go on",
        nl "De aanroeper heeft gestopt. Roep opnieuw aan als het antwoord toch nodig is.",
        en "The caller stopped it. Call again if the answer is wanted after all.";
    TimeLimit = "E343" "time_limit": "an answer within `time_limit_ms` of the options",
        nl "Geef meer tijd of vraag minder.",
        en "Give more time or ask less.";
    BadQuotas = "E345" "bad_quotas": "a CSV file with the columns `region` and `quota`, and perhaps `municipality`",
        nl "Kijk naar de genoemde regel van het bestand met quota. `docs/assignment.md` toont een voorbeeld.",
        en "Look at the line of the file of quotas that is named. `docs/assignment.md` shows an example.";
    BadHouseholds = "E346" "bad_households": "a CSV file with the columns `household` and `candidate`, and perhaps `people` and `keep`",
        nl "Kijk naar de genoemde regel van het bestand met huishoudens. `docs/assignment.md` toont een voorbeeld.",
        en "Look at the line of the file of households that is named. `docs/assignment.md` shows an example.";
    CannotPlace = "E347" "cannot_place": "a quota and a known municipality for each region that is used",
        nl "Van de genoemde regio is geen quotum of geen gemeente bekend. Zet in het bestand met quota een kolom `municipality` met een gemeente van de regio, of geef de plaats met `--places`.",
        en "The region that is named has no quota, or its municipality is not known. Put a column `municipality` with a municipality of the region in the file of quotas, or give the place with `--places`.";
    BadMeasures = "E360" "bad_measures": "a TOML file of measures, each with `id`, `change`, `nl`, `en` and the keys of its change",
        nl "Kijk naar de genoemde maatregel. `docs/studies.md` toont een voorbeeld.",
        en "Look at the measure that is named. `docs/studies.md` shows an example.";
    UnsafeTable = "E370" "unsafe_table": "a table in which no small group can be told, whatever else is hidden",
        nl "Deze tabel kan niet veilig worden gemaakt. Kies bredere categorieën, minder dimensies of meer mensen.",
        en "This table cannot be made safe. Choose wider categories, fewer dimensions or more people.";
    CloseTables = "E371" "close_tables": "a table that tells of no small group beside those of the ledger",
        nl "Samen met een eerdere tabel zou deze iets over een paar mensen vertellen. Neem dezelfde mensen als toen, of een duidelijk andere groep.",
        en "Together with an earlier table this one would tell of a few people. Take the same people as then, or a clearly different group.";
    BadLedger = "E372" "bad_ledger": "a ledger that `passend groups` wrote, unchanged",
        nl "Deze regel van het logboek van tabellen is veranderd, of het bestand is geen logboek. Begin een nieuw logboek, en bewaar dit.",
        en "This line of the ledger was changed, or the file is no ledger. Begin a new ledger, and keep this one.";
    BadAudit = "E373" "bad_audit": "a CSV file with the column `id`, each id once, and at least one column with groups",
        nl "Kijk naar de genoemde regel van het auditbestand. `passend import --audit-out` maakt er een.",
        en "Look at the line of the audit file that is named. `passend import --audit-out` makes one.";
    BadResults = "E374" "bad_results": "the lines of `passend match`, as JSON Lines or CSV",
        nl "Dit zijn geen regels van `passend match`. Schrijf ze met `passend match -f jsonl` of `-f csv`.",
        en "These are no lines of `passend match`. Write them with `passend match -f jsonl` or `-f csv`.";
    Fault = "E390" "fault": "an engine that does what it says",
        nl "Dit is een fout in passend, niet van de aanroeper. Meld hem met de tekst van het bericht; de engine blijft bruikbaar.",
        en "This is a fault of passend, not of the caller. Report it with the text of the message; the engine can be used on.";
    EventParts = "E391" "event_parts": "`by` and `why` with `declined`, `verdict` and `why` with `override`, and none of them with another event",
        nl "Bij `declined` horen `by` en `why`, bij `override` horen `verdict` en `why`. Andere gebeurtenissen hebben die sleutels niet.",
        en "With `declined` come `by` and `why`, with `override` come `verdict` and `why`. Other events do not have these keys.";
    EventReason = "E392" "event_reason": "a reason of who gives it, as in the table of `docs/history.md`",
        nl "Deze reden hoort bij een ander. Kijk in de tabel van `docs/history.md`, of schrijf `other`.",
        en "This is a reason of somebody else. Look in the table of `docs/history.md`, or write `other`.";
    NoteCode = "E393" "note_code": "a code of at most 32 small letters, digits, `_` and `-`",
        nl "Een notitie is een eigen code, zonder spaties of zinnen: `gesprek_2`. Zinnen over mensen horen hier niet.",
        en "A note is a code of your own, without spaces or sentences: `talk_2`. Sentences about people do not belong here.";
    BadResult = "E394" "bad_result": "a result of `match -f jsonl`, with lists of the same side",
        nl "Kijk naar de genoemde regel. Alleen een uitkomst van `match -f jsonl` met dezelfde `--by` is te vergelijken.",
        en "Look at the line that is named. Only a result of `match -f jsonl` with the same `--by` can be compared.";
    NoPermission = "E395" "no_permission": "a candidate whose permission holds on the day, for the purpose of the run",
        nl "De toestemming van deze kandidaat is afgelopen of is voor iets anders. Vraag een nieuwe toestemming, of noem het doel met `--purpose`.",
        en "The permission of this candidate has ended or is for something else. Ask for a new permission, or name the purpose with `--purpose`.";
    BadCoaches = "E398" "bad_coaches": "a CSV file with the columns `candidate`, `coach` and `cases`",
        nl "Kijk naar de genoemde regel of naam in het bestand met begeleiders. `docs/assignment.md` toont een voorbeeld.",
        en "Look at the line or name in the file of coaches. `docs/assignment.md` shows an example.";
    BadKept = "E399" "bad_kept": "a CSV file with the columns `candidate` and `vacancy`: records that are there, each person once, a vacancy as often as it has positions and a coach as often as there are cases",
        nl "Kijk naar het genoemde paar in het bestand met paren die blijven. Haal het weg, of geef de vacature meer plekken of de begeleider meer ruimte.",
        en "Look at the pair that is named in the file of pairs that stand. Take it out, or give the vacancy more positions or the coach more cases.";

    ProtectedAttribute = "E901" "protected_attribute": "no nationality, origin, sex, age, religion, health, family or name",
        nl "`{key}` mag niet meetellen en mag hier niet staan. Haal deze sleutel uit het bestand; voor een controle op eerlijkheid is er een apart auditbestand.",
        en "`{key}` may not count and may not stand here. Take this key out of the file; to measure fairness there is a separate audit file.";
    NationalNumber = "E902" "national_number": "a pseudonym, no national or case number",
        nl "Hier staat een BSN, V-nummer of ander nummer dat naar één persoon wijst. Gebruik een eigen pseudoniem, bijvoorbeeld `c0001`.",
        en "Here is a citizen service number, alien number or another number that points to one person. Use a pseudonym of your own, for instance `c0001`.";

    ByteOrderMark = "W101" "byte_order_mark": "text without a byte order mark",
        nl "Het bestand begint met een onzichtbaar teken (BOM). Dat is weggelaten.",
        en "The file begins with an invisible mark (BOM). It was left out.";
    Merged = "W102" "merged": "each record once",
        nl "Dit record staat er meer dan eens, precies gelijk. Het telt één keer.",
        en "This record stands there more than once, exactly alike. It counts once.";
    NoFinalNewline = "W103" "no_final_newline": "a line break after the last record",
        nl "Het bestand houdt op midden in een record. Is het helemaal overgekomen?",
        en "The file ends within a record. Did all of it arrive?";
    NoRecords = "W104" "no_records": "a list with at least one record",
        nl "De lijst is leeg.",
        en "The list is empty.";
    OpenList = "W105" "open_list": "`]` at the end of the list",
        nl "De lijst wordt niet afgesloten met `]`. Is het bestand helemaal overgekomen?",
        en "The list is not closed with `]`. Did all of the file arrive?";
    Decoded = "W111" "decoded": "text in UTF-8",
        nl "Deze regel is omgezet uit Windows-1252 of UTF-16. Kijk of namen met accenten goed zijn.",
        en "This line was decoded from Windows-1252 or UTF-16. See whether names with accents are right.";
    SeparatorLine = "W112" "separator_line": "no line before the header",
        nl "De eerste regel noemt het scheidingsteken (`sep=`). Die is geen rij.",
        en "The first line names the separator (`sep=`). It is no row.";
    Separator = "W113" "separator": "columns with semicolons between them",
        nl "Tussen de kolommen staat geen puntkomma maar een ander teken. Dat is gevonden en gebruikt.",
        en "There is no semicolon but another sign between the columns. It was found and used.";
    RowsLeftOut = "W114" "rows_left_out": "only the table",
        nl "Een lege rij, titel, totaal, noot of herhaalde kop is weggelaten.",
        en "An empty row, title, total, note or repeated header was left out.";
    OtherSheets = "W115" "other_sheets": "one sheet with a table",
        nl "Er zijn meer werkbladen. Alleen het blad met de meeste bekende kolommen is gelezen.",
        en "There are more sheets. Only the one with most known columns was read.";
    Repaired = "W116" "repaired": "cells without spaces of an unusual kind",
        nl "Rond de tekst stonden vreemde spaties. Die zijn weggelaten.",
        en "There were unusual spaces around the text. They were left out.";
    Mojibake = "W117" "mojibake": "letters as they were typed",
        nl "Letters zijn eerder in het bestand kapotgegaan (`Ã«` voor `ë`). Maak de export opnieuw als UTF-8.",
        en "Letters were broken before this (`Ã«` for `ë`). Make the export again as UTF-8.";
    LostLetters = "W118" "lost_letters": "letters as they were typed",
        nl "Van de tekst zijn alleen vraagtekens over. Maak de export opnieuw als UTF-8.",
        en "Only question marks are left of the text. Make the export again as UTF-8.";
    SerialDay = "W119" "serial_day": "days as people write them",
        nl "Een getal is als datum van Excel gelezen.",
        en "A number was read as a day of Excel.";
    NotUnderstood = "W120" "not_understood": "words and values of `docs/import.md`",
        nl "Deze cel is niet begrepen en geldt als onbekend. De proefdraai (zonder `-o`) laat zien hoe zulke cellen eruitzien.",
        en "This cell was not understood and counts as not known. The dry run (without `-o`) shows what such cells look like.";
    DroppedProtected = "W121" "dropped_protected": "no data about who somebody is",
        nl "Deze kolom zegt wie iemand is. De cellen komen niet in het resultaat.",
        en "This column says who somebody is. Its cells do not come into the result.";
    SamePerson = "W122" "same_person": "each person on one row",
        nl "Hetzelfde BSN, V-nummer of zaaknummer staat op meer dan één rij, met een ander id.",
        en "The same citizen service, alien or case number stands on more than one row, with another id.";
    Orphan = "W123" "orphan": "ids that the table has",
        nl "Dit id staat niet in de tabel. De rij hoort bij niemand en is weggelaten.",
        en "The table does not have this id. The row belongs to nobody and was left out.";
    KeptAside = "W131" "kept_aside": "a field that the record has too",
        nl "Dit veld past niet in het record. Het staat alleen in het bijbestand (`--sidecar`).",
        en "The record cannot hold this field. It is only in the sidecar (`--sidecar`).";
    LeftOut = "W132" "left_out": "a field that the record has too",
        nl "Dit veld past niet in het record en is weggelaten.",
        en "The record cannot hold this field; it was left out.";
    ProtectedLeftOut = "W133" "protected_left_out": "no nationality, origin, sex, age, religion, health, family or name",
        nl "Dit gegeven mag niet meetellen en is weggelaten.",
        en "This may not count and was left out.";
    StatusUnknown = "W134" "status_unknown": "a residence status",
        nl "Deze vorm kent geen verblijfsstatus. Of iemand mag werken is dus onbekend, tot u het invult.",
        en "This form has no residence status. Whether somebody may work is therefore unknown, until you fill it in.";
    LaterEvent = "W140" "later_event": "events up to and including the day of the run",
        nl "Deze gebeurtenis is van na de dag van de run. Ze telt niet mee.",
        en "This event is after the day of the run. It does not count.";
    Unstarted = "W141" "unstarted": "`started` before `stopped`",
        nl "Iemand stopte zonder te zijn begonnen. Mist er een regel met `started`?",
        en "Somebody stopped who did not start. Is there a line with `started` missing?";
}

impl Code {
    /// As printed: `E201`.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// In one or a few words, for programs: `unknown_key`.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// What was expected, with names between braces where a use of the code fills something in.
    pub fn rule(self) -> &'static str {
        self.entry().rule
    }

    /// What to do, with names between braces where a use of the code fills something in.
    pub fn hint(self) -> Text {
        let entry = self.entry();
        Text { nl: entry.nl.to_owned(), en: entry.en.to_owned() }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Code {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[EW][0-9]{3}$"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_in_order_and_names_are_used_once() {
        let ids: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        let names: std::collections::BTreeSet<_> =
            Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
