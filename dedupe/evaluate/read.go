package evaluate

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/guard"
)

// Scored is a pair as a file of pairs has it.
type Scored struct {
	A, B        string
	Weight      float64
	Probability float64
	Decision    dedupe.Decision
	Reason      string
	Prior       *float64 // bits that every pair starts from, nil where the file holds none
	Evidence    []byte   // JSON, nil where the file holds none; see Parts
	Threshold   float64  // bits from which a pair is a match, as the reader was told
}

// Parts reads the evidence, nil where the file holds none.
func (s *Scored) Parts() ([]dedupe.Evidence, error) {
	if len(s.Evidence) == 0 {
		return nil, nil
	}
	var list []dedupe.Evidence
	if json.Unmarshal(s.Evidence, &list) != nil {
		return nil, errors.New("the evidence of a pair is not as dedupe writes it")
	}
	return list, nil
}

// maxLine bounds a line of JSON.
const maxLine = 1 << 20

// ReadPairs reads a file of pairs as ledsq dedupe and link write it, CSV or JSON
// Lines, and hands each to use, in the order of the file. It needs id_a, id_b and
// one of weight (bits) and probability; the other follows from it. Without a
// decision a pair is a match from the probability threshold, 0.9 if 0. name is the
// file's, for messages, which name row and column and no value.
func ReadPairs(r io.Reader, name string, threshold float64, use func(Scored) error) error {
	if threshold == 0 {
		threshold = 0.9
	}
	in := bufio.NewReaderSize(r, 64<<10)
	head, _ := in.Peek(4)
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3)
		head = head[3:]
	}
	if len(head) > 0 && head[0] == '{' {
		return readLines(in, name, threshold, use)
	}
	return readTable(in, name, threshold, use)
}

func fault(name string, row int, column, reason string) error {
	if column != "" {
		column = ", column " + column
	}
	return fmt.Errorf("%s: row %d%s: %s", name, row, column, reason)
}

var pairColumns = []string{"id_a", "id_b", "weight", "probability", "decision", "reason"}

func readTable(in io.Reader, name string, threshold float64, use func(Scored) error) error {
	c := csv.NewReader(in)
	c.ReuseRecord = true
	header, err := c.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", name, headless(err))
	}
	at := make([]int, len(pairColumns))
	for k, column := range pairColumns {
		at[k] = slices.Index(header, column)
	}
	switch {
	case at[0] < 0 || at[1] < 0:
		return fmt.Errorf("%s: pairs need the columns id_a and id_b", name)
	case at[2] < 0 && at[3] < 0:
		return fmt.Errorf("%s: pairs need the column weight or the column probability", name)
	}
	for row := 1; ; row++ {
		cells, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: row %d: %w", name, row, headless(err))
		}
		cell := func(k int) string {
			if at[k] < 0 {
				return ""
			}
			return cells[at[k]]
		}
		s := Scored{A: guard.Take(cell(0)), B: guard.Take(cell(1)), Weight: math.NaN(), Probability: math.NaN(), Decision: dedupe.Decision(cell(4)), Reason: guard.Take(cell(5))}
		for k, to := range map[int]*float64{2: &s.Weight, 3: &s.Probability} {
			if text := cell(k); text != "" {
				if *to, err = strconv.ParseFloat(text, 64); err != nil {
					return fault(name, row, pairColumns[k], "is not a number")
				}
			}
		}
		if column, reason := s.settle(threshold); reason != "" {
			return fault(name, row, column, reason)
		}
		if err := use(s); err != nil {
			return fmt.Errorf("%s: row %d: %w", name, row, err)
		}
	}
}

func headless(err error) error {
	var pe *csv.ParseError
	switch {
	case err == io.EOF:
		return errors.New("is empty: it needs a header, or JSON Lines")
	case errors.As(err, &pe):
		return fmt.Errorf("line %d is not CSV: %w", pe.Line, pe.Err)
	}
	return fmt.Errorf("can't be read: %w", err)
}

func readLines(in io.Reader, name string, threshold float64, use func(Scored) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	row := 0
	for lines.Scan() {
		row++
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var v struct {
			A           string          `json:"id_a"`
			B           string          `json:"id_b"`
			Weight      *float64        `json:"weight"`
			Probability *float64        `json:"probability"`
			Decision    dedupe.Decision `json:"decision"`
			Reason      string          `json:"reason"`
			Prior       *float64        `json:"prior"`
			Evidence    json.RawMessage `json:"evidence"`
		}
		if json.Unmarshal(lines.Bytes(), &v) != nil {
			return fault(name, row, "", "is not a JSON object of a pair")
		}
		s := Scored{A: v.A, B: v.B, Weight: math.NaN(), Probability: math.NaN(), Decision: v.Decision, Reason: v.Reason, Prior: v.Prior, Evidence: v.Evidence}
		if v.Weight != nil {
			s.Weight = *v.Weight
		}
		if v.Probability != nil {
			s.Probability = *v.Probability
		}
		if column, reason := s.settle(threshold); reason != "" {
			return fault(name, row, column, reason)
		}
		if err := use(s); err != nil {
			return fmt.Errorf("%s: row %d: %w", name, row, err)
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return fault(name, row+1, "", "is longer than a line may be (1 MiB)")
		}
		return fmt.Errorf("%s: can't be read: %w", name, err)
	}
	return nil
}

// maxBits bounds weights: beyond it a probability is 0 or 1 to any digit.
const maxBits = 1000

// settle checks a pair and fills in what follows from the rest.
func (s *Scored) settle(threshold float64) (column, reason string) {
	switch {
	case s.A == "":
		return "id_a", "is empty"
	case s.B == "":
		return "id_b", "is empty"
	case s.Probability < 0 || s.Probability > 1:
		return "probability", "must lie between 0 and 1"
	case math.Abs(s.Weight) > maxBits:
		return "weight", "is no weight in bits"
	case math.IsNaN(s.Weight) && math.IsNaN(s.Probability):
		return "weight", "is missing, and so is the probability"
	}
	if math.IsNaN(s.Probability) {
		s.Probability = 1 / (1 + math.Exp2(-s.Weight))
	}
	if math.IsNaN(s.Weight) {
		s.Weight = max(-maxBits, min(maxBits, math.Log2(s.Probability/(1-s.Probability))))
	}
	switch s.Decision {
	case dedupe.Match, dedupe.Review, dedupe.NoMatch:
	case "":
		if s.Decision = dedupe.Review; s.Probability >= threshold {
			s.Decision = dedupe.Match
		}
	default:
		return "decision", "must be match, review or no-match"
	}
	s.Threshold = math.Log2(threshold / (1 - threshold))
	return "", ""
}
