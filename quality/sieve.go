package quality

import (
	"hash/maphash"

	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/record"
)

// Sieve tells of most records of a file, from the texts of their fields alone,
// that no rule has anything to say of them, and gives their score. It makes no
// record and has no rules of its own. Three facts let it, and a test holds them:
//
//   - A rule that judges values alone (Rule.alone) finds of a record what it finds
//     of each value by itself, and passes it if it passes one of them. So a text
//     is judged once, as the only value of a record.
//   - What was said of a text holds wherever it is met again in the field.
//   - Of the plain texts of a field (normalise.Single.Plain) that no rule has words
//     about (noteless), all rules say the same; and so of those brought to a plain form.
//
// Whatever it is not sure of it leaves to Engine.Check. It is for one goroutine.
type Sieve struct {
	engine  *Engine
	kind    record.Kind
	rules   []*active
	options normalise.Options
	columns []sieveColumn
	nothing verdict // on a record without values
	scores  map[verdict]Score
	ctx     Ctx

	// Whether it pays: of the rows since it was last asked, those it left to
	// Check, and texts it had to judge.
	rows, left, judged int
	warm, closed       bool
}

// verdict has a bit for each rule, by its place among those that run: it passed.
type verdict uint64

// spoken is the verdict on a text that a rule has something to say of.
const spoken = verdict(1) << 63

// sieveColumn is one field of the file.
type sieveColumn struct {
	field  record.Column
	single *normalise.Single // nil: a value of it asks for the record
	plain  [2]verdict        // on texts that are plain, and on those brought to it; spoken until one was judged
	seen   []judgedText      // by a hash of the text, the latest; nil where texts hardly come again
}

// judgedText is a text and the verdict on it, side by side in the cache. Longer
// texts hardly come again.
type judgedText struct {
	verdict verdict
	length  uint8
	text    [23]byte
}

const (
	sieveTexts = 1 << 12 // remembered of a field: few enough to stay near the processor
	sieveTrial = 1 << 12 // rows
)

var sieveSeed = maphash.MakeSeed() // where a text lies has no part in any result

// Sieve makes a sieve for records of a kind whose fields, by their flat names
// (see record.FindColumn), are given in this order; o says how records are
// normalised. It is nil where a rule that runs looks at more than values alone,
// or has a parameter that is not the documented one.
func (e *Engine) Sieve(p Principle, k record.Kind, fields []string, o normalise.Options) *Sieve {
	s := &Sieve{engine: e, kind: k, rules: e.plans[k][p], options: o, columns: make([]sieveColumn, len(fields)), scores: map[verdict]Score{}}
	consulted := map[string]bool{}
	for _, r := range s.rules {
		if !r.alone || r.Needs != NoLookup && !r.blind {
			return nil
		}
		for i := range r.Params {
			if r.params[i] != r.Params[i].Default {
				return nil
			}
		}
		for _, field := range r.Consults {
			consulted[field] = true
		}
	}
	if len(s.rules) > 63 {
		return nil
	}
	for i, name := range fields {
		f, ok := record.FindColumn(k, name)
		if !ok || consulted[name] {
			continue
		}
		c := &s.columns[i]
		c.field, c.single, c.plain = f, normalise.SingleOf(k, name, o), [2]verdict{spoken, spoken}
		if !rare(f.Field.Type) {
			c.seen = make([]judgedText, sieveTexts)
		}
	}
	s.nothing = s.verdict(record.New(k), nil)
	return s
}

// Clean says that no rule has anything to say of a record, and gives its score.
// text gives what the file has for each of the fields, "" for none.
func (s *Sieve) Clean(text func(i int) string) (score Score, ok bool) {
	if s.closed {
		return score, false
	}
	s.rows++
	all := s.nothing
	for i := 0; i < len(s.columns) && all&spoken == 0; i++ {
		if t := text(i); t != "" {
			all |= s.columns[i].verdict(s, t)
		}
	}
	if all&spoken != 0 {
		s.left++
	} else if score, ok = s.scores[all]; !ok {
		score, ok = s.score(all), true
		s.scores[all] = score
	}
	s.tried()
	return score, ok
}

// tried closes the sieve where most is left to Check or has to be judged: then to
// make the record is as cheap. At first nothing is known of any text.
func (s *Sieve) tried() {
	if s.rows < sieveTrial {
		return
	}
	s.closed = s.left > s.rows/2 || s.warm && s.judged > s.rows
	s.rows, s.left, s.judged, s.warm = 0, 0, 0, true
}

// verdict gives that on one text.
func (c *sieveColumn) verdict(s *Sieve, text string) verdict {
	if c.single == nil {
		return spoken
	}
	if c.seen == nil || len(text) > len(judgedText{}.text) {
		return c.look(s, text)
	}
	known := &c.seen[maphash.String(sieveSeed, text)%sieveTexts]
	if string(known.text[:known.length]) != text {
		known.verdict, known.length = c.look(s, text), uint8(copy(known.text[:], text))
	}
	return known.verdict
}

// look gives that on one that is not remembered.
func (c *sieveColumn) look(s *Sieve, text string) verdict {
	form, plain := c.single.Plain(text)
	if !plain || !noteless(c.field.Field.Type, form) {
		return c.judge(s, text)
	}
	known := &c.plain[0]
	if form != text {
		known = &c.plain[1]
	}
	if *known == spoken {
		*known = c.judge(s, text)
	}
	return *known
}

// judge puts a text into a record by itself. One that has, or may have, a part in
// other fields is not judged alone.
func (c *sieveColumn) judge(s *Sieve, text string) verdict {
	s.judged++
	if _, alone := c.single.Read(text); !alone {
		return spoken
	}
	r := record.New(s.kind)
	c.field.Set(r, text)
	changes := normalise.Record(r, s.options)
	alone := true
	record.Walk(r, func(l record.Leaf) { alone = alone && l.Field == c.field.Field })
	if !alone {
		return spoken
	}
	return s.verdict(r, changes)
}

// verdict runs the rules.
func (s *Sieve) verdict(r record.Record, changes []normalise.Change) (v verdict) {
	c := &s.ctx
	c.reset(s.engine, &Subject{Record: r, Changes: changes, AsOf: s.options.AsOf}, r, changes)
	i := 0
	c.runAll(s.rules, func(r *active, o Outcome) {
		switch o {
		case Pass:
			v |= 1 << i
		case NotApplicable:
		default:
			if !r.blind {
				v |= spoken
			}
		}
		i++
	})
	if len(c.found) > 0 {
		v |= spoken
	}
	c.clear()
	return v
}

// score counts the rules as Check does.
func (s *Sieve) score(v verdict) Score {
	t := tally{weights: &s.engine.weights}
	for i, r := range s.rules {
		switch {
		case r.blind:
			t.count(r, CannotTell, nil)
		case v>>i&1 == 1:
			t.count(r, Pass, nil)
		}
	}
	return t.score()
}

// rare says of a type that its values hardly come again and most are plain, so
// that to look at one is cheaper than to remember it.
func rare(t record.Type) bool {
	switch t {
	case record.TypeDOB, record.TypeDate, record.TypePostcode, record.TypePhone, record.TypeEmail, record.TypePNCID, record.TypeRef, record.TypeAddress, record.TypeText:
		return true
	}
	return false
}

// noteless says that no rule has words of its own about a plain text: where a rule
// looks at the value itself it is asked here, by the same function.
func noteless(t record.Type, text string) bool {
	switch t {
	case record.TypeGiven, record.TypeMiddle, record.TypeSurname:
		return nameShape(text, longestName) == nameFine && !initial(text) && !aliasMark(text) && !titled(text) && !organisation(text, false)
	case record.TypeDOB:
		return !newYear(record.Date(text)) && !filledIn(record.Date(text))
	case record.TypePostcode:
		return !fictitious(text)
	case record.TypeEmail:
		return !fillerEmail(text) && !oddLength(text)
	case record.TypeText, record.TypeAddress, record.TypePlace:
		return !twoCrosses(text)
	case record.TypePhone, record.TypePNCID, record.TypeDate, record.TypeRef:
		return true
	}
	return false
}
