// SPDX-License-Identifier: EUPL-1.2
//! Vacancies of schema.org, Europass and JSON Resume; and what becomes of wrong messages and documents of every form.
#![cfg(test)] // so that the lints take helpers for tests too

use std::path::{Path, PathBuf};

use passend::{Candidate, Vacancy};
use passend_io::{
    Code, ImportOptions, Imported, LossReason, MessageFormat, ReadError, Record, Report,
    import_messages,
};
use serde_json::{Value, json};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

fn format(name: &str) -> MessageFormat {
    match name {
        "vum2" => MessageFormat::Vum2,
        "vum3" => MessageFormat::Vum3,
        "jobposting" => MessageFormat::JobPosting,
        "europass" => MessageFormat::Europass,
        "jsonresume" => MessageFormat::JsonResume,
        other => panic!("{other}"),
    }
}

fn options() -> ImportOptions {
    ImportOptions { as_of: "2026-11-25".parse().ok(), ..ImportOptions::default() }
}

/// What became of a file, in the words of the list.
fn outcome(result: Result<Report, ReadError>) -> String {
    let report = match result {
        Ok(report) => report,
        Err(error) => return error.code().id().to_owned(),
    };
    let refused = u64::try_from(report.refused.len()).unwrap();
    assert_eq!(report.read, report.accepted + refused);
    let mut words = format!("{} of {}", report.accepted, report.read);
    for row in &report.refused {
        words.push_str(&format!("; {} {}", row.record, row.code.id()));
        if !row.path.is_empty() {
            words.push_str(&format!(" {}", row.path));
        }
    }
    words
}

fn imported(format: MessageFormat, side: &str, bytes: &[u8]) -> Result<Report, ReadError> {
    if side == "candidate" {
        import_messages::<Candidate>(format, bytes, "f", &options()).map(|read| read.batch.report)
    } else {
        import_messages::<Vacancy>(format, bytes, "f", &options()).map(|read| read.batch.report)
    }
}

#[test]
fn wrong_files_have_the_outcome_of_the_list() {
    let folder = fixtures().join("bad");
    let list = std::fs::read_to_string(folder.join("messages.tsv")).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    let mut wrong = Vec::new();
    for line in list.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, name, side, expected] = cells.as_slice() else { panic!("{line}") };
        seen.insert((*file).to_owned());
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let found = outcome(imported(format(name), side, &bytes));
        if found != *expected {
            wrong.push(format!("{file} {name} {side}: {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let ours = |name: &String| {
        ["vum_", "job_", "euro_", "resume_"].iter().any(|prefix| name.starts_with(prefix))
    };
    let there = std::fs::read_dir(folder).unwrap();
    let there = there.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    for file in there.filter(ours) {
        assert!(seen.contains(&file), "{file} is not in the list");
    }
}

#[test]
fn every_wrong_file_is_read_by_every_reader_without_end_or_panic() {
    let folder = fixtures().join("bad");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for name in ["vum2", "vum3", "jobposting", "europass", "jsonresume"] {
            for side in ["candidate", "vacancy"] {
                outcome(imported(format(name), side, &bytes));
            }
        }
        for half in [bytes.len() / 2, bytes.len() / 3] {
            let cut = bytes.get(..half).unwrap();
            outcome(imported(MessageFormat::Vum3, "candidate", cut));
            outcome(imported(MessageFormat::JobPosting, "vacancy", cut));
            outcome(imported(MessageFormat::Europass, "candidate", cut));
        }
    }
}

/// What a fuzzer does, in small and the same on every run: bytes changed, cut, doubled and mixed with other files.
/// `PASSEND_MUTATIONS` asks more of each file.
#[test]
fn mutated_files_are_read_without_panic() {
    let count =
        std::env::var("PASSEND_MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let folder = fixtures().join("bad");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let files: Vec<Vec<u8>> = paths.iter().filter_map(|path| std::fs::read(path).ok()).collect();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut draw = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below.max(1)).unwrap()).unwrap()
    };
    const SIGNS: &[u8] = b"{}[]\",:<>/&;!=0123456789-.eE\\\n ntfu\xFF\xC3\0";
    for file in files.iter().filter(|file| file.len() < 20_000) {
        for _ in 0..count {
            let mut bytes = file.clone();
            for _ in 0..=draw(4) {
                let at = draw(bytes.len() + 1);
                match draw(5) {
                    0 if at < bytes.len() => bytes[at] = SIGNS[draw(SIGNS.len())],
                    1 => bytes.insert(at, SIGNS[draw(SIGNS.len())]),
                    2 => drop(bytes.drain(at..(at + draw(20)).min(bytes.len()))),
                    3 => {
                        let part = bytes[at..(at + draw(60)).min(bytes.len())].to_vec();
                        let to = draw(bytes.len() + 1);
                        bytes.splice(to..to, part);
                    }
                    _ => {
                        let other = &files[draw(files.len())];
                        let from = draw(other.len() + 1);
                        let part = other[from..(from + draw(80)).min(other.len())].to_vec();
                        bytes.splice(at..at, part);
                    }
                }
            }
            for name in ["vum2", "vum3", "jobposting", "europass", "jsonresume"] {
                for side in ["candidate", "vacancy"] {
                    outcome(imported(format(name), side, &bytes));
                }
            }
        }
    }
}

#[test]
fn large_and_deep_input_has_a_typed_end() {
    let check = |name: &str, side: &str, text: String, expected: &str| {
        assert_eq!(outcome(imported(format(name), side, text.as_bytes())), expected);
    };
    let many = |part: &str| part.repeat(200_000);
    check("vum3", "candidate", format!("[{}", many("[")), "E131");
    check("vum3", "candidate", format!("[{{\"idWerkzoekende\":{}", many("[")), "0 of 1; 1 E203");
    let long = "a".repeat(2 << 20);
    check(
        "vum3",
        "candidate",
        format!(
            "[{{\"idWerkzoekende\":\"w1\",\"persoonlijkePresentatie\":\"{long}\"}},{{\"idWerkzoekende\":\"w2\"}}]"
        ),
        "1 of 2; 1 E220",
    );
    check(
        "vum3",
        "candidate",
        format!(
            "[{{\"idWerkzoekende\":\"w1\",\"sector\":[{}{{}}]}}]",
            "{\"codeSbi\":1},".repeat(5000)
        ),
        "0 of 1; 1 E231 sector",
    );
    check("jobposting", "vacancy", many("["), "E132");
    check(
        "jobposting",
        "vacancy",
        format!("<p>{}", many("<script type='application/ld+json'>")),
        "0 of 1; 1 E232",
    );
    check("jobposting", "vacancy", format!("<{}", many("a ")), "E135");
    check("europass", "candidate", many("<a>"), "E133");
    check("europass", "candidate", format!("<Candidate>{}</Candidate>", many("<a/>")), "E133");
    check("europass", "candidate", format!("<Candidate {}/>", many("a ")), "E133");
    check(
        "europass",
        "candidate",
        format!("<Candidate><PersonName>{long}</PersonName></Candidate>"),
        "1 of 1",
    );
    check("jsonresume", "candidate", format!("{{\"work\":{}", many("[")), "E132");
}

#[track_caller]
fn vacancy(posting: &Value) -> Imported<Vacancy> {
    let bytes = posting.to_string();
    import_messages(MessageFormat::JobPosting, bytes.as_bytes(), "p", &options()).unwrap()
}

fn losses<T>(imported: &Imported<T>) -> Vec<String> {
    let line = |loss: &passend_io::Loss| format!("{} {:?} {}", loss.field, loss.reason, loss.count);
    imported.losses.iter().map(line).collect()
}

#[test]
fn a_posting_gives_what_can_be_read_in_one_way() {
    let imported = vacancy(&json!({
        "@context": "https://schema.org/", "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "Zon", "value": "V-17"},
        "title": "Monteur zonnepanelen",
        "description": "<p>Je legt panelen op daken.</p><ul><li>in de regio</li></ul>",
        "url": "https://example.org/v17",
        "hiringOrganization": {"@type": "Organization", "name": "Voorbeeld Zon BV"},
        "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress",
            "postalCode": "9723 JK", "addressLocality": "Groningen", "addressCountry": "NL"}},
        "occupationalCategory": ["47-2231.00 Solar Photovoltaic Installers", "Techniek"],
        "totalJobOpenings": "2",
        "datePosted": "2026-11-01T08:00:00+01:00", "validThrough": "2027-01-31", "jobStartDate": "2027-01-04",
        "workHours": "24-40 uur per week",
        "employmentType": ["FULL_TIME", "TEMPORARY"],
        "baseSalary": {"@type": "MonetaryAmount", "currency": "EUR",
            "value": {"@type": "QuantitativeValue", "minValue": 2450, "maxValue": 2900.5, "unitText": "MONTH"}},
        "educationRequirements": {"@type": "EducationalOccupationalCredential", "credentialCategory": "bachelor degree"},
        "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 24},
        "skills": "panelen monteren, werken op hoogte",
        "qualifications": [{"@type": "EducationalOccupationalCredential", "name": "VCA Basis"},
            "Je bent een harde werker en spreekt Engels."],
        "physicalRequirement": "tillen tot 20 kg",
        "eligibilityToWorkRequirement": "geldige werkvergunning"
    }));
    let record = serde_json::to_value(&imported.batch.accepted[0]).unwrap();
    let unspecified = |key: &str, value: Value| json!({key: value, "weight": "unspecified"});
    let expected = json!({
        "schema": "passend/vacancy/1", "id": "V-17", "title": "Monteur zonnepanelen",
        "description": "Je legt panelen op daken.\nin de regio",
        "url": "https://example.org/v17", "source": "jobposting",
        "employer": {"name": "Voorbeeld Zon BV"},
        "location": {"postcode": "9723JK", "municipality": "Groningen"},
        "occupation": [{"scheme": "onet", "code": "47-2231.00"}],
        "positions": 2, "published": "2026-11-01", "closes": "2027-01-31", "starts": "2027-01-04",
        "hours": {"min": 24, "max": 40}, "contract": "temporary",
        "wage": {"min": 2450, "max": 2900.5, "unit": "month", "currency": "EUR"},
        "physical": "tillen tot 20 kg",
        "require": {
            "education_level": unspecified("level", json!("hbo_bachelor")),
            "years": unspecified("min", json!(2)),
            "skills": [unspecified("label", json!("panelen monteren")), unspecified("label", json!("werken op hoogte"))],
            "certificates": [unspecified("name", json!("VCA Basis"))]
        }
    });
    assert_eq!(record, expected);
    assert_eq!(
        losses(&imported),
        [
            "eligibilityToWorkRequirement NoField 1",
            "employmentType NoField 1",
            "occupationalCategory NotUnderstood 1",
            "qualifications FreeText 1",
        ]
    );
}

#[test]
fn a_posting_without_an_identifier_keeps_the_same_id() {
    let posting = json!({"@type": "JobPosting", "title": "Kok"});
    let first = vacancy(&posting).batch.accepted[0].id.clone();
    assert!(first.starts_with("jp-"));
    assert_eq!(vacancy(&json!([posting])).batch.accepted[0].id, first);
}

#[test]
fn several_places_or_one_abroad_are_no_place() {
    let place = |code: &str, country: &str| json!({"address": {"postalCode": code, "addressCountry": country}});
    for places in
        [json!([place("9723JK", "NL"), place("9401HH", "NL")]), json!([place("26789", "DE")])]
    {
        let imported =
            vacancy(&json!({"@type": "JobPosting", "identifier": "v", "jobLocation": places}));
        assert_eq!(imported.batch.accepted[0].location, None);
        assert_eq!(imported.losses.len(), 1);
    }
    let remote =
        json!({"@type": "JobPosting", "identifier": "v", "jobLocationType": "TELECOMMUTE"});
    assert_eq!(vacancy(&remote).batch.accepted[0].location.as_ref().unwrap().remote, Some(true));
}

const NAMESPACES: &str = r#"xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3" xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:eures="http://www.europass_eures.eu/1.0""#;

fn europass(xml: &str) -> Imported<Candidate> {
    import_messages(MessageFormat::Europass, xml.as_bytes(), "cv.xml", &options()).unwrap()
}

#[test]
fn a_europass_of_today_gives_what_the_record_holds() {
    let dimension = |code: &str, level: &str| {
        format!(
            "<eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>{code}</hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>{level}</hr:ScoreText></eures:Score></eures:CompetencyDimension>"
        )
    };
    let dutch = [
        dimension("CEF-Understanding-Listening", "B1"),
        dimension("CEF-Understanding-Reading", "A2"),
        dimension("CEF-Speaking-Interaction", "A2"),
        dimension("CEF-Speaking-Production", "A1"),
        dimension("CEF-Writing-Production", "A1"),
    ]
    .concat();
    let date = |name: &str, day: &str| {
        format!("<{name}><hr:FormattedDateTime>{day}</hr:FormattedDateTime></{name}>")
    };
    let xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate {NAMESPACES}>
 <hr:DocumentID schemeID="doc-1" schemeName="DocumentIdentifier"/>
 <CandidatePerson>
  <PersonName><oa:GivenName>canary</oa:GivenName><hr:FamilyName>canary</hr:FamilyName></PersonName>
  <Communication><ChannelCode>Email</ChannelCode><oa:URI>canary@example.org</oa:URI></Communication>
  <Communication><UseCode>home</UseCode><Address type="home"><oa:AddressLine>canary 1</oa:AddressLine><oa:CityName>Groningen</oa:CityName><CountryCode>nl</CountryCode><oa:PostalCode>9711 LM</oa:PostalCode></Address></Communication>
  <NationalityCode>canary</NationalityCode>
  <hr:BirthDate>2009-02-28</hr:BirthDate>
  <GenderCode>canary</GenderCode>
  <PrimaryLanguageCode name="NORMAL">ara</PrimaryLanguageCode>
 </CandidatePerson>
 <CandidateProfile languageCode="nl">
  <hr:ExecutiveSummary>&lt;p&gt;canary&lt;/p&gt;</hr:ExecutiveSummary>
  <EmploymentHistory><EmployerHistory><hr:OrganizationName>canary</hr:OrganizationName>
   <PositionHistory><PositionTitle typeCode="URI" languageID="http://data.europa.eu/esco/occupation/f2b15a0e">Kok
    in een restaurant</PositionTitle><eures:EmploymentPeriod>{}{}</eures:EmploymentPeriod><oa:Description>canary</oa:Description></PositionHistory>
  </EmployerHistory></EmploymentHistory>
  <EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>canary</hr:OrganizationName>
   <EducationLevelCode>4</EducationLevelCode><AttendancePeriod>{}{}<Ongoing>false</Ongoing></AttendancePeriod>
   <EducationDegree><hr:DegreeName>Horeca</hr:DegreeName><FieldOfStudy typeCode="URI"><MainFieldOfStudy><ProgramConcentration>http://data.europa.eu/esco/isced-f/1013</ProgramConcentration></MainFieldOfStudy></FieldOfStudy></EducationDegree>
  </EducationOrganizationAttendance></EducationHistory>
  <eures:Licenses><eures:License><hr:LicenseTypeCode>B</hr:LicenseTypeCode></eures:License></eures:Licenses>
  <PersonQualifications><PersonCompetency><CompetencyID schemeName="NORMAL">dut</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID>{dutch}</PersonCompetency>
   <PersonCompetency><CompetencyID>http://data.europa.eu/esco/skill/1</CompetencyID><hr:CompetencyName>koken</hr:CompetencyName></PersonCompetency></PersonQualifications>
  <eures:Attachment><oa:EmbeddedData>canary</oa:EmbeddedData></eures:Attachment>
 </CandidateProfile>
</Candidate>"#,
        date("eures:StartDate", "2015-09"),
        date("eures:EndDate", "2021-03-31"),
        date("StartDate", "2010-09-01"),
        date("EndDate", "2014-06"),
    );
    let imported = europass(&xml);
    let record = serde_json::to_value(&imported.batch.accepted[0]).unwrap();
    let expected = json!({
        "schema": "passend/candidate/1", "id": "doc-1", "turns_18_on": "2027-02-28",
        "location": {"postcode": "9711LM", "municipality": "Groningen"},
        "languages": [
            {"code": "nl", "listening": "B1", "reading": "A2", "speaking": "A1", "writing": "A1", "source": "self"},
            {"code": "ar", "listening": "C2", "speaking": "C2", "source": "self"}
        ],
        "education": [{"title": "Horeca", "level": {"min": "havo", "max": "vwo"}, "level_source": "self",
            "field": {"scheme": "isced_f", "code": "1013"}, "from": "2010-09-01", "to": "2014-06-30", "source": "self"}],
        "experience": [{"occupation": {"scheme": "esco", "code": "http://data.europa.eu/esco/occupation/f2b15a0e"},
            "title": "Kok in een restaurant", "from": "2015-09-01", "to": "2021-03-31", "source": "self"}],
        "skills": [{"scheme": "esco", "code": "http://data.europa.eu/esco/skill/1", "label": "koken", "source": "self"}],
        "licences": [{"category": "B", "source": "self"}]
    });
    assert_eq!(record, expected);
    let all = format!("{record} {:?} {:?}", imported.batch.report, imported.losses);
    assert!(!all.contains("canary"), "{all}");
    for name in ["PersonName", "NationalityCode", "BirthDate", "GenderCode", "PrimaryLanguageCode"]
    {
        let loss = imported.losses.iter().find(|loss| loss.field == name);
        assert_eq!(
            loss.map(|loss| (loss.reason, loss.count)),
            Some((LossReason::Protected, 1)),
            "{name}"
        );
    }
    let protected = imported.batch.report.warnings.iter();
    assert!(protected.filter(|one| one.code == Code::ProtectedLeftOut).count() >= 5);
}

#[test]
fn an_adult_has_no_date_and_a_year_alone_gives_none() {
    for date in ["2008-11-25", "1990-01-01", "2010", "2010-05"] {
        let xml = format!(
            "<Candidate><CandidatePerson><BirthDate>{date}</BirthDate></CandidatePerson></Candidate>"
        );
        assert_eq!(europass(&xml).batch.accepted[0].turns_18_on, None, "{date}");
    }
    let leap = "<Candidate><CandidatePerson><BirthDate>2012-02-29</BirthDate></CandidatePerson></Candidate>";
    let day = europass(leap).batch.accepted[0].turns_18_on;
    assert_eq!(day.map(|day| day.to_string()).as_deref(), Some("2030-03-01"));
}

#[test]
fn a_skills_passport_gives_what_the_record_holds() {
    let xml = r#"<?xml version="1.0"?><SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass">
 <DocumentInfo><DocumentType>ECV</DocumentType></DocumentInfo>
 <LearnerInfo>
  <Identification>
   <PersonName><FirstName>canary</FirstName><Surname>canary</Surname></PersonName>
   <ContactInfo><Address><Contact><AddressLine>canary</AddressLine><PostalCode>9401HH</PostalCode><Municipality>Assen</Municipality><Country><Code>NL</Code></Country></Contact></Address><Email><Contact>canary</Contact></Email></ContactInfo>
   <Demographics><Birthdate year="1990" month="--06" day="---10"/><Gender><Code>F</Code></Gender><NationalityList><Nationality><Code>canary</Code></Nationality></NationalityList></Demographics>
   <Photo><Data>canary</Data></Photo>
  </Identification>
  <WorkExperienceList><WorkExperience><Period><From year="2016" month="--03"/><To year="2018" month="--02" day="---15"/></Period><Position><Label>Kok</Label></Position><Activities>canary</Activities><Employer><Name>canary</Name></Employer></WorkExperience>
   <WorkExperience><Period><From year="2010"/><To year="2014"/></Period><Position><Label>Bakker</Label></Position></WorkExperience></WorkExperienceList>
  <EducationList><Education><Period><From year="2008" month="--09"/><Current>true</Current></Period><Title>Horeca</Title><Organisation><Name>canary</Name></Organisation></Education></EducationList>
  <Skills><Linguistic>
   <MotherTongueList><MotherTongue><Description><Code>uk</Code><Label>Ukrainian</Label></Description></MotherTongue></MotherTongueList>
   <ForeignLanguageList><ForeignLanguage><Description><Label>English</Label></Description><ProficiencyLevel><Listening>B2</Listening><Reading>B2</Reading><SpokenInteraction>B1</SpokenInteraction><SpokenProduction>A2</SpokenProduction><Writing>B1</Writing></ProficiencyLevel></ForeignLanguage></ForeignLanguageList>
  </Linguistic><Communication><Description>canary</Description></Communication><Driving><Description><Licence>B</Licence></Description></Driving></Skills>
 </LearnerInfo></SkillsPassport>"#;
    let imported = europass(xml);
    let mut record = serde_json::to_value(&imported.batch.accepted[0]).unwrap();
    let id = record["id"].take();
    assert!(id.as_str().unwrap().starts_with("ep-"));
    let expected = json!({
        "schema": "passend/candidate/1", "id": null,
        "location": {"postcode": "9401HH", "municipality": "Assen"},
        "languages": [
            {"code": "en", "listening": "B2", "reading": "B2", "speaking": "A2", "writing": "B1", "source": "self"},
            {"code": "uk", "listening": "C2", "speaking": "C2", "source": "self"}
        ],
        "education": [{"title": "Horeca", "from": "2008-09-01", "status": "current", "source": "self"}],
        "experience": [
            {"title": "Kok", "from": "2016-03-01", "to": "2018-02-15", "source": "self"},
            {"title": "Bakker", "months": 36, "source": "self"}
        ],
        "licences": [{"category": "B", "source": "self"}]
    });
    assert_eq!(record, expected);
    let all = format!("{record} {:?} {:?}", imported.batch.report, imported.losses);
    assert!(!all.contains("canary"), "{all}");
}

#[test]
fn a_json_resume_gives_what_the_record_holds() {
    let resume = json!({
        "basics": {"name": "canary", "email": "canary@example.org", "summary": "canary",
            "location": {"postalCode": "9711 LM", "city": "Groningen", "countryCode": "NL", "address": "canary"}},
        "work": [{"name": "canary", "position": "Kok", "startDate": "2015-09", "endDate": "2021-03-31", "summary": "canary"}],
        "education": [{"institution": "canary", "area": "Horeca", "studyType": "MBO 4", "startDate": "2010"}],
        "languages": [{"language": "Dutch", "fluency": "B1 (listening)"}, {"language": "العربية", "fluency": "Native"}, {"language": "Elfs"}],
        "skills": [{"name": "Keuken", "level": "Master", "keywords": ["koken", "bakken"]}],
        "certificates": [{"name": "HACCP", "date": "2025-05-01", "issuer": "canary"}],
        "references": [{"name": "canary"}]
    });
    let bytes = resume.to_string();
    let imported: Imported<Candidate> =
        import_messages(MessageFormat::JsonResume, bytes.as_bytes(), "r", &options()).unwrap();
    let mut record = serde_json::to_value(&imported.batch.accepted[0]).unwrap();
    record["id"].take();
    let expected = json!({
        "schema": "passend/candidate/1", "id": null,
        "location": {"postcode": "9711LM", "municipality": "Groningen"},
        "languages": [{"code": "nl", "level": "B1", "source": "self"}, {"code": "ar", "source": "self"}],
        "education": [{"title": "MBO 4 Horeca", "source": "self"}],
        "experience": [{"title": "Kok", "from": "2015-09-01", "to": "2021-03-31", "source": "self"}],
        "skills": [{"label": "Keuken", "source": "self"}, {"label": "koken", "source": "self"}, {"label": "bakken", "source": "self"}],
        "certificates": [{"name": "HACCP", "issued": "2025-05-01", "source": "self"}]
    });
    assert_eq!(record, expected);
    let all = format!("{record} {:?} {:?}", imported.batch.report, imported.losses);
    assert!(!all.contains("canary"), "{all}");
    assert_eq!(
        losses(&imported),
        [
            "basics.email Contact 1",
            "basics.name Protected 1",
            "basics.summary FreeText 1",
            "languages[].language NotUnderstood 1",
            "references NoField 1",
        ]
    );
}

/// Every record that a document gives is one that the strict reader of our own files takes.
#[test]
fn records_are_as_the_strict_reader_takes_them() {
    fn again<T: Record + std::fmt::Debug>(imported: &Imported<T>) {
        let mut lines = Vec::new();
        passend_io::write::jsonl(&mut lines, &imported.batch.accepted).unwrap();
        let read =
            passend_io::read_records::<T>(lines.as_slice(), "r", passend_io::OnRefusal::Continue)
                .unwrap();
        assert_eq!(read.accepted, imported.batch.accepted);
    }
    again(&vacancy(
        &json!({"@type": "JobPosting", "identifier": "v", "skills": "a, b", "baseSalary": {"value": {"value": 14.71, "unitText": "HOUR"}}}),
    ));
    again(&europass("<Candidate/>"));
}
