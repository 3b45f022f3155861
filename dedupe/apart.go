package dedupe

// Rules that hold pairs apart: however heavy, such a pair never joins two
// clusters by itself, and is proposed for clerical review. They give the reason,
// or "" for none.

// levelOf gives the level of the comparison of a name, 0 when there is none.
func levelOf(comparisons []comparison, p pattern, name string) uint8 {
	for k := range comparisons {
		if comparisons[k].name == name {
			return p.level(k)
		}
	}
	return 0
}

// Reasons that speak against one cluster, too.
const (
	mayBeTwins     = "may be twins, or others of one family"
	mayBeNamesakes = "may be parent and child, or namesakes"
)

// otherName is the reason where nothing of two names agrees: day of birth and home
// are those of one person with another name, and of twins who married.
const otherName = "nothing of the names agrees"

// personsApart holds apart who looks like twins, parent and child of one name,
// namesakes, and two people each with an identifier of their own.
func personsApart(comparisons []comparison, p pattern) string {
	sameID, otherID := false, false
	for k, c := range comparisons {
		if c.identifies {
			sameID = sameID || p.level(k) == 1
			otherID = otherID || p.level(k) == uint8(len(c.levels))
		}
	}
	if sameID {
		return ""
	}
	given, surname := levelOf(comparisons, p, "given name"), levelOf(comparisons, p, "surname")
	dob := levelOf(comparisons, p, "date of birth")
	email := levelOf(comparisons, p, "email")
	switch {
	case otherID:
		return "each has an identifier of their own"
	case given == givenDiffers && surname <= surnameAlike && dob <= dobDigit && email != 1:
		return mayBeTwins
	case dob == dobDiffers && !reachable(email):
		return mayBeNamesakes
	case surname == surnameDiffers && (given == givenDiffers || given == 0) && !reachable(email):
		return otherName
	}
	return ""
}

// vehiclesApart holds apart vehicles with two VINs, whatever their mark.
func vehiclesApart(comparisons []comparison, p pattern) string {
	if levelOf(comparisons, p, "VIN") == 3 {
		return "two VINs: may be a clone"
	}
	return ""
}

// reachable says whether a contact agrees, but for a slip.
func reachable(level uint8) bool { return level == 1 || level == 2 }
