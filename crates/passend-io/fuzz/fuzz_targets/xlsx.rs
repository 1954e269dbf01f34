// SPDX-License-Identifier: EUPL-1.2
//! Workbooks: no panic, counts add up, and each refused row has a row of the sheet.
//!
//! A changed byte of a zip is nearly always a wrong checksum, so the input is the XML of the parts, and is packed here; one
//! input of four is the file itself.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use passend::{Candidate, Vacancy};
use passend_io::{ImportSettings, Record, import_table};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const WORKBOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
const STYLES: &str = "<styleSheet><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";
const STRINGS: &str =
    "<sst><si><t>nr</t></si><si><t>beroep</t></si><si><t>uren</t></si><si><t>kok</t></si></sst>";
const SHEET: &str = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>";

/// The parts between bytes of 1, in this order; one that is empty or not there is as a good workbook has it.
fn packed(input: &[u8]) -> Vec<u8> {
    let mut given = input.split(|byte| *byte == 1);
    let mut part = |good: &str| match given.next() {
        Some(own) if !own.is_empty() => own.to_vec(),
        _ => good.as_bytes().to_vec(),
    };
    let rows = part("");
    let parts = [
        ("xl/worksheets/sheet1.xml", [SHEET.as_bytes(), &rows].concat()),
        ("xl/sharedStrings.xml", part(STRINGS)),
        ("xl/styles.xml", part(STYLES)),
        ("xl/workbook.xml", part(WORKBOOK)),
        ("xl/_rels/workbook.xml.rels", part(RELATIONS)),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(name, options).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn check<T: Record>(bytes: &[u8]) {
    let settings = ImportSettings::on("2026-11-25".parse().unwrap());
    let Ok(imported) = import_table::<T>(bytes, "f", &settings) else { return };
    let report = &imported.batch.report;
    if imported.faults.is_empty() {
        assert_eq!(report.read, report.accepted + report.refused.len() as u64);
    }
    assert!(report.refused.iter().all(|row| row.line > 0));
}

// The length chooses: a file, or the parts of one for each side.
fuzz_target!(|bytes: &[u8]| match bytes.len() % 4 {
    0 => check::<Candidate>(&[b"PK\x03\x04".as_slice(), bytes].concat()),
    1 => check::<Vacancy>(&packed(bytes)),
    _ => check::<Candidate>(&packed(bytes)),
});
