// Microsoft's Open XML SDK, which takes seconds to start, for all processes of a run of the tests:
// on a connection a path in, its errors out, a line of JSON each. It says its port, and ends when
// the run does. Arguments: the folder of the npm packages, the run's folder and its process.
import { existsSync } from "fs";
import { readFile } from "fs/promises";
import { createServer } from "net";
import { createInterface } from "readline";
import { pathToFileURL } from "url";

const [packages, folder, run] = process.argv.slice(2);

function endWithTheRun() {
  try {
    process.kill(Number(run), 0); // whether it is there
  } catch {
    process.exit(0);
  }
  if (!existsSync(folder)) process.exit(0);
}
setInterval(endWithTheRun, 500);

const sdk = `${packages}/@ooxml-tools/validate/dist/npm/index.js`;
const { default: validate, getFileFormatFromName } = await import(pathToFileURL(sdk).href);

async function answer(path) {
  try {
    const errors = await validate(await readFile(path), getFileFormatFromName(path), "Microsoft365");
    return { errors };
  } catch (error) {
    return { failed: String(error) };
  }
}

let before = Promise.resolve(); // one file at a time

const server = createServer((connection) => {
  connection.on("error", () => {}); // its test was ended
  createInterface({ input: connection }).on("line", (path) => {
    before = before
      .then(() => answer(path))
      .then((said) => connection.write(JSON.stringify(said) + "\n"));
  });
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
