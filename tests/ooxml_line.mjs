// A line to Microsoft's Open XML SDK, which takes seconds to start: a path in, its errors out, as
// JSON, until standard input ends. The first argument is the folder of the npm packages.
import { readFile } from "fs/promises";
import { createInterface } from "readline";
import { pathToFileURL } from "url";

const sdk = `${process.argv[2]}/@ooxml-tools/validate/dist/npm/index.js`;
const { default: validate, getFileFormatFromName } = await import(pathToFileURL(sdk).href);

for await (const path of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const errors = await validate(await readFile(path), getFileFormatFromName(path), "Microsoft365");
    answer = { errors };
  } catch (error) {
    answer = { failed: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
process.exit(0);
