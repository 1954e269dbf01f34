// SPDX-License-Identifier: EUPL-1.2
// Looks at pages as a checker of accessibility sees them, and prints them; by hand.
//
//     node pages.mjs CHROMIUM PAGE...
//
// needs `npm install axe-core playwright-core` in the folder from which it is run. Ends with 1 at the first violation of
// WCAG 2.2 A or AA, or a page that asks for anything from elsewhere. Beside each page it leaves PAGE.pdf.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, ...pages] = process.argv.slice(2);
const QUIET = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const folder = mkdtempSync(join(tmpdir(), "passend-pages-"));
const context = await chromium.launchPersistentContext(folder, { executablePath, args: QUIET });
let failed = false;
try {
  for (const page of pages) {
    const tab = await context.newPage();
    const elsewhere = [];
    tab.on("request", (request) => {
      if (!/^(file|data|about):/.test(request.url())) elsewhere.push(request.url());
    });
    await tab.goto(pathToFileURL(resolve(page)).href);
    for (const look of [{ width: 1280, colorScheme: "light" }, { width: 1280, colorScheme: "dark" }, { width: 320, colorScheme: "light" }]) {
      await tab.setViewportSize({ width: look.width, height: 900 });
      await tab.emulateMedia({ colorScheme: look.colorScheme, media: "screen" });
      await tab.evaluate(axe);
      const found = await tab.evaluate(() =>
        window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
      );
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      console.log(
        `${page}, ${look.colorScheme}, ${look.width} wide: ${found.passes.length} rules passed, ${found.violations.length} violated, ` +
          `${found.incomplete.length} for a person to look at${wide > 0 ? `, ${wide} too wide` : ""}`,
      );
      for (const one of found.violations) {
        failed = true;
        console.log(`  ${one.id}: ${one.help} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 120)}`);
      }
      for (const one of found.incomplete) console.log(`  look at ${one.id}: ${one.help} (${one.nodes.length})`);
      if (wide > 0) failed = true;
    }
    await tab.emulateMedia({ media: "print" });
    await tab.pdf({ path: `${page}.pdf`, format: "A4", margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" } });
    console.log(`${page}.pdf: ${statSync(`${page}.pdf`).size} bytes; asked from elsewhere: ${elsewhere.length}`);
    failed ||= elsewhere.length > 0;
    await tab.close();
  }
} finally {
  await context.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
