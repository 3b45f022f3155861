package report

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/internal/guard"
)

// ReviewPair is a pair as dedupe and link write it.
type ReviewPair struct {
	A           string            `json:"id_a"`
	B           string            `json:"id_b"`
	Weight      float64           `json:"weight"`
	Probability float64           `json:"probability"`
	Decision    string            `json:"decision"`
	Reason      string            `json:"reason"`
	Evidence    []dedupe.Evidence `json:"evidence"`
}

// maxPairLine is how long a line of a file of pairs may be, in bytes.
const maxPairLine = 1 << 20

// ReadPairs reads what --pairs of dedupe or link wrote, CSV or JSON Lines, pair
// by pair. Errors name the row and no value.
func ReadPairs(r io.Reader, take func(*ReviewPair) error) error {
	b := bufio.NewReaderSize(r, 64<<10)
	if head, _ := b.Peek(3); string(head) == "\xef\xbb\xbf" {
		_, _ = b.Discard(3)
	}
	first, err := b.Peek(1)
	if err != nil {
		return errors.New("it is empty: give the file that --pairs wrote")
	}
	if first[0] == '{' {
		return pairLines(b, take)
	}
	return pairTable(b, take)
}

func pairLines(r io.Reader, take func(*ReviewPair) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 64<<10), maxPairLine)
	row := 0
	for s.Scan() {
		row++
		if len(bytes.TrimSpace(s.Bytes())) == 0 {
			continue
		}
		var p ReviewPair
		if err := json.Unmarshal(s.Bytes(), &p); err != nil {
			return fmt.Errorf("line %d is not a pair: give the file that --pairs FILE.jsonl wrote", row)
		}
		if err := p.check(); err != nil {
			return fmt.Errorf("line %d: %w", row, err)
		}
		if err := take(&p); err != nil {
			return err
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("line %d is longer than a pair can be", row+1)
	}
	return s.Err()
}

func pairTable(r io.Reader, take func(*ReviewPair) error) error {
	c := csv.NewReader(r)
	c.ReuseRecord = true
	header, err := c.Read()
	if err != nil {
		return errors.New("it is neither CSV nor JSON Lines: give the file that --pairs wrote")
	}
	var at [6]int
	for i, name := range []string{"id_a", "id_b", "weight", "probability", "decision", "reason"} {
		if at[i] = slices.Index(header, name); at[i] < 0 {
			return fmt.Errorf("the column %s is missing: give the file that --pairs wrote", name)
		}
	}
	for row := 1; ; row++ {
		cells, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("row %d is not CSV as --pairs writes it", row)
		}
		p := ReviewPair{A: guard.Take(cells[at[0]]), B: guard.Take(cells[at[1]]), Decision: cells[at[4]], Reason: guard.Take(cells[at[5]])}
		var errs [2]error
		p.Weight, errs[0] = strconv.ParseFloat(cells[at[2]], 64)
		p.Probability, errs[1] = strconv.ParseFloat(cells[at[3]], 64)
		if errs[0] != nil || errs[1] != nil {
			return fmt.Errorf("row %d: weight and probability must be numbers", row)
		}
		if err := p.check(); err != nil {
			return fmt.Errorf("row %d: %w", row, err)
		}
		if err := take(&p); err != nil {
			return err
		}
	}
}

func (p *ReviewPair) check() error {
	switch {
	case p.A == "" || p.B == "":
		return errors.New("an id is missing")
	case !finite(p.Weight) || !(p.Probability >= 0 && p.Probability <= 1):
		return errors.New("the weight or the probability makes no sense")
	case p.Decision != string(dedupe.Match) && p.Decision != string(dedupe.Review):
		return errors.New("the decision must be match or review")
	}
	return nil
}
