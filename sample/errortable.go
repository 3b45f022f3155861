package sample

import (
	"sync"

	"leds.internal/ledsq/record"
)

var errorTypes = sync.OnceValue(func() []ErrorType {
	return []ErrorType{
		// What happens to people, and how they call themselves.
		{"moved", "The record has a former address: the person moved after it was made, or before it was asked.", people, mailboxed, true, moved},
		{"other-phone", "The record has a number the person no longer uses, or another of theirs.", people, []string{"phone", "mobile", "homePhone"}, true, otherPhone},
		{"maiden-name", "The record has the surname from before a marriage.", people, []string{"surname"}, true, maidenName},
		{"alias", "The person gave another name altogether.", persons, []string{"givenName", "middleNames", "surname"}, true, alias},
		{"nickname", "The given name is a short or familiar form, or another spelling in use.", people, []string{"givenName"}, true, nickname},
		{"known-by-middle", "The person goes by the middle name, and only that was recorded.", people, []string{"givenName", "middleNames"}, true, byMiddle},
		{"middle-left-out", "The middle name was not recorded.", people, []string{"middleNames"}, true, rewriteBlank},
		{"middle-initial", "Only the initial of the middle name was recorded.", people, []string{"middleNames"}, true, rewrite(initial)},
		{"half-surname", "One half of a double-barrelled surname.", people, []string{"surname"}, true, rewrite(halfSurname)},
		{"religious-surname", "Singh, Kaur, Begum or Bibi recorded as the surname of somebody who has a family name too.", people, []string{"surname", "middleNames"}, true, religious},

		// Names.
		{"names-swapped", "Given name and surname in each other's fields.", people, []string{"givenName", "surname"}, false, swapNames},
		{"home-order", "A name in the order of its own country: family name first, the parts shifted.", people, []string{"givenName", "middleNames", "surname"}, false, homeOrder},
		{"initial-only", "Only the initial of the given name.", people, []string{"givenName"}, false, rewrite(initial)},
		{"names-joined", "Given and middle name together in the field of the given name.", people, []string{"givenName", "middleNames"}, false, joinGiven},
		{"mc-mac-o", "Mc, Mac and O' in one of their other forms: MC DONALD, MacDonald, ODonnell.", people, []string{"surname"}, false, rewrite(gaelicForm)},
		{"particle-moved", "al-, de, van or dos dropped, joined on, or moved to the other field.", people, []string{"surname", "middleNames"}, false, particle},
		{"title-in-name", "A title before the given name, in its field.", people, []string{"givenName"}, false, titleIn},
		{"alias-in-name", "An alias in the field of the name, in brackets or after AKA.", people, nameFields, false, aliasIn},
		{"hearing", "A name written as it was heard.", people, nameFields, false, rewrite(heard)},

		// Dates and ages.
		{"day-month-swapped", "Day and month of birth exchanged.", people, []string{"dateOfBirth"}, false, dateError(swapDayMonth)},
		{"date-digit", "One digit of the day or month of birth wrong.", people, []string{"dateOfBirth"}, false, dateError(dateDigit)},
		{"year-off-one", "The year of birth one too many or too few.", people, []string{"dateOfBirth"}, false, dateError(yearOff(1))},
		{"year-off-ten", "The year of birth ten too many or too few.", people, []string{"dateOfBirth"}, false, dateError(yearOff(10))},
		{"default-date", "A date the system puts in by itself: 1 January of the year, 1900 or 1970.", people, []string{"dateOfBirth"}, false, dateError(defaultDate)},
		{"false-birth-date", "A date of birth that was made up on the spot.", persons, []string{"dateOfBirth"}, false, dateError(falseDate)},
		{"age-for-birth", "The age, or the year it gives, instead of the date of birth.", people, []string{"dateOfBirth", "age"}, false, ageForBirth},
		{"sex-wrong", "The other sex.", people, []string{"sex"}, false, sexWrong},

		// Addresses.
		{"wrong-address", "An address that was never the person's: a neighbour's, a relative's, made up.", people, mailboxed, false, wrongAddress},
		{"postcode-damaged", "A postcode with a character missing, exchanged or misread.", people, []string{"postcode"}, false, rewrite(damagedPostcode)},

		// Identifiers and marks.
		{"check-letter", "The check letter or digit of an identifier wrong.", persons, []string{"pncId", "cro", "asn", "process1.asn", "nhsNumber"}, false, rewrite(wrongCheck)},
		{"digit-transposed", "Two neighbouring digits of an identifier exchanged.", allKinds, append([]string{"vrm"}, ownNumbers...), false, rewrite(transposeDigits)},
		{"other-identifier", "Another person's or vehicle's identifier.", []record.Kind{record.KindPerson, record.KindVehicle}, []string{"pncId", "cro", "nino", "driverNumber", "vrm"}, false, otherIdentifier},
		{"reading", "A character taken for one that looks like it: 0 and O, 1 and I, 5 and S, 8 and B.", allKinds, append([]string{"vrm", "postcode", "surname"}, ownNumbers...), false, rewrite(misread)},

		// Keys.
		{"keying-neighbour", "The key next to the right one.", allKinds, typedText, false, rewrite(neighbourKey)},
		{"keying-transposed", "Two letters typed in the wrong order.", allKinds, typedText, false, rewrite(transposed)},
		{"keying-omitted", "A letter left out.", allKinds, typedText, false, rewrite(omitted)},
		{"keying-doubled", "A letter typed twice.", allKinds, typedText, false, rewrite(doubled)},

		// Vehicles.
		{"partial-mark", "Only part of the mark was seen: the rest stands as question marks.", vehicles, []string{"vrm"}, false, rewrite(partialMark)},
		{"colour-wrong", "Another colour, as one is taken for another at night.", vehicles, []string{"colour"}, false, rewrite(otherColour)},
		{"model-in-make", "Make and model together in the field of the make.", vehicles, []string{"make", "model"}, false, modelInMake},
		{"registered-later", "First registration years off, so that the mark is older or newer than it can be.", vehicles, []string{"firstRegistered"}, false, rewrite(registeredOff)},
		{"make-wrong", "Another make, taken from the wrong badge.", vehicles, []string{"make"}, false, rewrite(otherMake)},

		// Missing-person episodes.
		{"times-exchanged", "When the person went missing and when it was reported exchanged.", episodes, []string{"missingSince", "reportedAt"}, false, timesExchanged},
		{"offset-lost", "A time without its offset from UTC.", episodes, []string{"missingSince", "reportedAt", "lastSeenAt", "foundAt"}, false, rewrite(offsetLost)},
		{"risk-understated", "The lowest risk level in spite of what is recorded.", episodes, []string{"riskLevel"}, false, riskUnderstated},
		{"found-before-missing", "Found on the right day of the wrong month, before the person was missing.", episodes, []string{"foundAt"}, false, rewrite(monthEarlier)},

		// Whole fields.
		{"address-missing", "No address at all, or nothing of it but the town.", people, mailboxed, false, addressMissing},
		{"birth-date-missing", "No date of birth.", people, []string{"dateOfBirth"}, false, rewriteBlank},
		{"placeholder", "A word that stands for no value: UNKNOWN, N/K, XX.", allKinds, []string{"givenName", "middleNames", "surname", "town", "occupation", "email", "colour", "model", "outcome", "foundPlace"}, false, rewrite(placeholderFor)},
		{"missing-field", "A value left out.", allKinds, []string{"givenName", "dateOfBirth", "sex", "postcode", "addressLine", "town", "justification", "category", "reviewDate", "colour", "model", "bodyType", "make", "vin", "riskLevel", "reportedAt", "nextReviewAt", "foundPlace", "circumstances"}, false, rewriteBlank},
		{"cut-text", "Text cut where a field of another system ends.", allKinds, []string{"givenName", "surname", "addressLine", "model", "circumstances"}, false, rewrite(cut)},
		{"double-encoded", "UTF-8 read as Windows-1252: JosÃ©.", allKinds, []string{"givenName", "middleNames", "surname", "addressLine", "placeOfBirth", "keeper1.name", "lastSeenPlace"}, false, rewrite(doubleEncoded)},
		{"case-spacing", "Other case, or spaces before, after, within.", allKinds, []string{"givenName", "surname", "addressLine", "town", "postcode", "pncId", "email", "vrm", "make", "model", "colour", "phone"}, false, rewrite(caseSpacing)},
	}
})

// columnsOf finds the columns of all fields in the table once: finding one takes
// longer than reading it.
func columnsOf(k record.Kind) map[string]record.Column {
	out := map[string]record.Column{}
	for _, t := range errorTypes() {
		for _, f := range t.Fields {
			if c, ok := record.FindColumn(k, f); ok {
				out[f] = c
			}
		}
	}
	return out
}
