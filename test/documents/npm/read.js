// What ical.js reads of calendars: an array of texts comes in, and of each the
// components go out, with what the test compares.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const property = (component, name) => component.getFirstPropertyValue(name);
const moment = (component, name) => {
  const value = property(component, name);
  return value === null ? null : value.toJSDate().toISOString();
};

const calendars = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(calendars.map((text) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents().map((each) => ({
    kind: each.name,
    uid: property(each, "uid"),
    summary: property(each, "summary"),
    description: property(each, "description"),
    location: property(each, "location"),
    status: property(each, "status"),
    sequence: property(each, "sequence"),
    starts_at: moment(each, "dtstart"),
    ends_at: moment(each, "dtend"),
    due: moment(each, "due"),
  })))));
