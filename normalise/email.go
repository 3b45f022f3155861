package normalise

import (
	"strings"
	"unicode"
)

// Email reads an email address: the domain in lower case, the part before the @
// as typed, because it may depend on case. The form is tested, nothing else; a
// domain that looks like a misspelling of a common one is Suspect and kept, the
// correction a suggestion.
func Email(text string, _ Options) Result {
	s := CleanText(text)
	if s == "" {
		return invalid("email/empty", reasonEmpty)
	}
	if isToken(strings.ToUpper(s)) {
		return placeholder("email/placeholder")
	}
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	s = strings.Trim(s, "<>")
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || strings.ContainsAny(s, " ,;<>\"") || strings.IndexByte(s, '@') != at {
		return invalid("email/form", "not one name, an @ and a domain")
	}
	local, domain := s[:at], strings.ToLower(s[at+1:])
	if !domainOK(domain) {
		return invalid("email/domain", "what follows the @ is not a domain")
	}
	canonical := s
	if domain != s[at+1:] {
		canonical = local + "@" + domain
	}
	switch {
	case canonical == "none@none.com", canonical == "test@test.com", canonical == "noemail@noemail.com", canonical == "no@email.com":
		return placeholder("email/placeholder")
	case local[0] == '.' || local[len(local)-1] == '.' || strings.Contains(local, ".."):
		return Result{Status: Suspect, Canonical: canonical, Rule: "email/dots", Reason: "dots before the @ stand where few servers allow them"}
	}
	if right := misspeltDomain(domain); right != "" {
		return Result{Status: Suspect, Canonical: canonical, Rule: "email/domain-typo", Reason: "the domain resembles a common one",
			Suggestions: []string{local + "@" + right}}
	}
	if canonical == text {
		return Result{Status: Valid, Canonical: canonical}
	}
	return valid(text, canonical, "email/form")
}

// domainOK tests for labels of letters, digits and hyphens, the last of letters.
func domainOK(d string) bool {
	dot := strings.LastIndexByte(d, '.')
	if dot <= 0 || len(d)-dot < 3 {
		return false
	}
	prev := rune('.')
	for i, r := range d {
		switch {
		case r == '.':
			if prev == '.' || prev == '-' {
				return false
			}
		case r == '-':
			if prev == '.' {
				return false
			}
		case i > dot && !unicode.IsLetter(r):
			return false
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r):
			return false
		}
		prev = r
	}
	return true
}

// misspeltDomain knows the slips of the keyboard in the commonest domains.
func misspeltDomain(d string) string {
	switch d {
	case "gmial.com", "gmai.com", "gmal.com", "gamil.com", "gnail.com", "gmail.con", "gmail.co", "gmail.cm", "gmaill.com", "googlemail.con":
		return "gmail.com"
	case "hotmial.com", "hotmal.com", "hotmai.com", "hotmail.con", "hotmail.co", "hotnail.com", "hormail.com":
		return "hotmail.com"
	case "hotmial.co.uk", "hotmail.couk", "hotmail.co.uk.com", "hotmail.c.uk":
		return "hotmail.co.uk"
	case "yaho.com", "yahoo.con", "yahooo.com", "yhoo.com", "yahoo.cm":
		return "yahoo.com"
	case "yaho.co.uk", "yahoo.couk", "yahooo.co.uk", "yahoo.c.uk":
		return "yahoo.co.uk"
	case "outlook.con", "outlok.com", "outllook.com":
		return "outlook.com"
	case "icloud.con", "iclod.com", "icoud.com":
		return "icloud.com"
	}
	if base, ok := strings.CutSuffix(d, ".con"); ok {
		return base + ".com"
	}
	return ""
}
