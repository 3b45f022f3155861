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
	otherIdentity  = "each has an identifier of their own"
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
		return otherIdentity
	case given == givenDiffers && surname <= surnameAlike && dob <= dobDigit && email != emailSame:
		return mayBeTwins
	case dob == dobDiffers && !reachable(email):
		return mayBeNamesakes
	case surname == surnameDiffers && (given == givenDiffers || given == 0) && !reachable(email):
		return otherName
	}
	return ""
}

// unproven is the reason where families were seen and what tells their people
// apart is not there.
const unproven = "given name or date of birth is missing, and others of one name or home were seen"

// mayBeFamily says whether a pair of one home lacks what tells its people apart,
// the given name or the date of birth, and whatever else the two have to compare
// is about as likely of two people of one home.
func (s *scorer) mayBeFamily(p pattern) bool {
	if levelOf(s.comparisons, p, "given name") > 0 && levelOf(s.comparisons, p, "date of birth") > 0 {
		return false
	}
	told := 0.0 // bits
	for k, c := range s.comparisons {
		switch {
		case s.home == nil, p.level(k) == 0, c.concept == "address":
		case c.name == "given name", c.name == "surname", c.name == "date of birth":
		default:
			told += s.weights[k][p.level(k)-1] - s.home[k][p.level(k)-1]
		}
	}
	return told < margin
}

// margin is how many bits must tell a person from the others of a home: eight to one.
const margin = 3

// Families are seen when, of the pairs of one name at one home, so large a share has
// dates of birth that have nothing in common, and there are so many of them.
const (
	manyNamesakes = 0.03
	fewNamesakes  = 20
)

// familiesIn says whether pairs as compared show families: fathers and sons of one
// name, at one home.
func familiesIn(comparisons []comparison, pairs []scored) bool {
	all, differ := 0, 0
	for i := range pairs {
		p := pairs[i].p
		home := levelOf(comparisons, p, "address")
		if home == 0 || home > addressAlike || levelOf(comparisons, p, "given name") != givenSame || levelOf(comparisons, p, "surname") != surnameSame {
			continue
		}
		switch levelOf(comparisons, p, "date of birth") {
		case 0:
		case dobDiffers:
			differ++
			fallthrough
		default:
			all++
		}
	}
	return differ >= fewNamesakes && float64(differ) >= manyNamesakes*float64(all)
}

// vehiclesApart holds apart vehicles with two VINs, whatever their mark.
func vehiclesApart(comparisons []comparison, p pattern) string {
	if levelOf(comparisons, p, "VIN") == 3 {
		return "two VINs: may be a clone"
	}
	return ""
}

// reachable says whether a contact agrees, but for a slip.
func reachable(level uint8) bool { return level == emailSame || level == emailEdit }
