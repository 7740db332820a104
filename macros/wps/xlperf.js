"use strict";
/// <reference types="wps-jsapi" />
// The buttons in WPS: what xlperf's helper (`xlperf serve`) asks of a workbook is answered here. The
// table of what may be asked (`XLPERF_MEMBERS`) and the words (`XLPERF_WORDS`) are written at the build;
// the protocol is described in xlperf/live/host/requests.py. This has not run in WPS yet.
const FILE_PICKER = 3; // msoFileDialogFilePicker
const FOLDER_PICKER = 4; // msoFileDialogFolderPicker
const MANUAL = -4135; // xlCalculationManual
const AUTOMATIC = -4105; // xlCalculationAutomatic
const MANIFEST = "_xlperf"; // the hidden sheet of a workbook of ours
// ---- what is asked of a workbook
/** An object and its type by the table. */
class At {
    constructor(kind, what) {
        this.kind = kind;
        this.what = what;
    }
}
/** A property or method of a host's object; without arguments, properties may be either. */
function valueOf(owner, member) {
    const value = owner[member];
    return typeof value === "function" ? value.call(owner) : value;
}
function step(at, [member, which]) {
    const entry = XLPERF_MEMBERS[at.kind];
    const kind = member === "Item" ? entry.items : entry.links[member];
    if (!kind)
        throw new Error(`${at.kind}.${member}`);
    const next = which === null ? valueOf(at.what, member) : at.what[member](which);
    if (next === null || next === undefined)
        throw new Error(`${at.kind}.${member}`);
    return new At(kind, next);
}
function follow(book, app, root, path) {
    const start = root === "app" ? new At("Application", app) : new At("Workbook", book);
    return path.reduce(step, start);
}
/** An answer as JSON has it: a scalar, rows of scalars, the way to a sheet that was made. */
function plain(value) {
    if (value === undefined || value === null)
        return null;
    if (Array.isArray(value))
        return value.map((row) => (Array.isArray(row) ? row.map(plain) : plain(row)));
    if (typeof value !== "object" && typeof value !== "function")
        return value;
    const name = valueOf(value, "Name");
    return typeof name === "string" ? { path: [["Worksheets", null], ["Item", name]] } : null;
}
function answerOne(book, app, [root, path, kind, member, given]) {
    const at = follow(book, app, root, path);
    const entry = XLPERF_MEMBERS[at.kind];
    const values = given.map((value) => value !== null && typeof value === "object" && "path" in value ? follow(book, app, "book", value.path).what : value);
    if (kind === "get" && entry.get.includes(member))
        return plain(valueOf(at.what, member));
    if (kind === "put" && entry.put.includes(member)) {
        at.what[member] = values[0];
        return null;
    }
    if (kind === "call" && member in entry.call) {
        return plain(at.what[member](...values.map((value) => (value === null ? undefined : value))));
    }
    throw new Error(`${at.kind}.${member}`);
}
/** The answers to asks about a workbook, in order; what is refused says why. */
function answers(book, app, asks) {
    return asks.map((ask) => {
        try {
            return [0, answerOne(book, app, ask)];
        }
        catch (error) {
            return [-1, String(error.message || error)];
        }
    });
}
// ---- what is asked of the program and of the user
function choose(app, request) {
    const dialog = app.FileDialog(request.choose === "folder" ? FOLDER_PICKER : FILE_PICKER);
    dialog.Title = request.title ?? "";
    return dialog.Show() ? String(dialog.SelectedItems.Item(1)) : "";
}
function quiet(app, on) {
    app.ScreenUpdating = !on;
    app.Calculation = (on ? MANUAL : AUTOMATIC);
}
function reply(book, app, request) {
    if (request.asks)
        return { answers: answers(book, app, request.asks) };
    if (request.choose)
        return { path: choose(app, request) };
    if (request.confirm !== undefined)
        return { agreed: confirm(request.confirm) };
    if (request.say !== undefined)
        alert(request.say);
    if (request.open !== undefined)
        app.Workbooks.Open(request.open);
    if (request.status !== undefined)
        app.StatusBar = (request.status || false);
    if (request.quiet !== undefined)
        quiet(app, request.quiet);
    return {};
}
// ---- the helper
/** The address of the helper that runs, from the note it keeps; "" where none does. */
function helper() {
    const places = [
        `${wps.Env.GetHomePath()}/.local/state/xlperf/serving.json`,
        `${wps.Env.GetAppDataPath()}/../Local/xlperf/serving.json`,
    ];
    for (const place of places) {
        try {
            if (wps.FileSystem.Exists(place))
                return String(JSON.parse(wps.FileSystem.ReadFile(place)).address);
        }
        catch {
            // no note that can be read
        }
    }
    return "";
}
async function post(address, body) {
    const response = await fetch(address, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok)
        throw new Error(String(response.status));
    return (await response.json());
}
/** One click: the action runs in the helper and asks until it has ended. */
async function click(action) {
    const app = wps.EtApplication();
    const book = app.ActiveWorkbook;
    const address = helper();
    if (!address) {
        alert(word("no_helper"));
        return;
    }
    try {
        let { session, request } = await post(`${address}session`, { action, language: language() });
        while (!request.end) {
            ({ request } = await post(`${address}session/${session}`, reply(book, app, request)));
        }
    }
    catch (error) {
        quiet(app, false);
        alert(word("failed").replace("{why}", String(error.message || error)));
    }
}
// ---- what the ribbon's XML calls; it is Excel's, so the names are those of Excel's add-in
function language() {
    return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh";
}
function word(key) {
    return String(XLPERF_WORDS[language()][key] ?? "");
}
function buttonWord(control, part) {
    return XLPERF_WORDS[language()].buttons[control.Id]?.[part] ?? "";
}
function XlperfOnLoad() {
    return true;
}
function XlperfGetLabel(control) {
    return buttonWord(control, "label");
}
function XlperfGetScreentip(control) {
    return buttonWord(control, "screentip");
}
function XlperfGetSupertip(control) {
    return buttonWord(control, "supertip");
}
function XlperfGetEnabled(control) {
    if (XLPERF_WORDS[language()].always.includes(control.Id))
        return true;
    const book = wps.EtApplication().ActiveWorkbook;
    if (!book)
        return false;
    for (let number = 1; number <= Number(book.Worksheets.Count); number += 1) {
        const sheet = book.Worksheets.Item(number);
        if (sheet.Name === MANIFEST)
            return true;
    }
    return false;
}
function XlperfOnAction(control) {
    void click(control.Id);
    return true;
}
