import type { EventFamily } from './families.js';
import type { Field, Fields } from './fields.js';
import type { PayloadReader } from '../native/payload-reader.js';
import { readAddress, readIdentities } from './read-graphics.js';
import { readTypedParameters } from './typed-parameters.js';
import { word } from './word.js';

/** An event that is being put together. */
type Draft = Record<string, unknown>;

/** Reads one argument, if the field has one, and sets the field. */
type Step = (payload: PayloadReader, event: Draft) => void;

/** Makes the function that reads the events of one row. */
export function decoder(
  type: string,
  fields: Fields,
  begin: EventFamily['begin'],
): (payload: PayloadReader) => object {
  const steps = Object.entries(fields).flatMap(([name, field]) => stepOf(name, field) ?? []);
  return (payload) => {
    const event = begin(payload, type) as Draft;
    for (const step of steps) step(payload, event);
    event['time'] = payload.time;
    return Object.freeze(event);
  };
}

function stepOf(name: string, field: Field): Step | undefined {
  switch (field.kind) {
    case 'number':
      return (payload, event) => (event[name] = payload.number());
    case 'text':
      return (payload, event) => (event[name] = payload.textOrNull());
    case 'text not null':
      return (payload, event) => (event[name] = payload.text());
    case 'words': {
      const nameOfNumber = `${name}Number`;
      return (payload, event) => {
        const number = payload.number();
        event[name] = word(field.words, number);
        event[nameOfNumber] = number;
      };
    }
    case 'flag':
      return (_, event) => (event[name] = ((event[field.of] as number) & field.bit) !== 0);
    case 'parameters':
      return (payload, event) => (event[name] = readTypedParameters(payload));
    case 'address':
      return (payload, event) => (event[name] = readAddress(payload));
    case 'identities':
      return (payload, event) => (event[name] = readIdentities(payload));
    // The word's step has set the number already.
    case 'number of':
      return undefined;
    case 'details':
      throw new TypeError(`${name}: only the decoder of a domain's lifecycle knows details`);
  }
}
