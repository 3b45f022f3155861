package report

import (
	"io"

	"leds.internal/ledsq/dedupe"
)

// ModelFormats are the formats a trained model can be told in. The model itself is
// a file of its own.
func ModelFormats() []string { return []string{"text", "json"} }

// WriteModel tells of a trained model.
func WriteModel(w io.Writer, format string, h *Header, m *dedupe.ModelFile) error {
	if format == "json" {
		_, err := w.Write(append(marshal(struct {
			Header *Header           `json:"header"`
			Model  *dedupe.ModelFile `json:"model"`
		}{h, m}), '\n'))
		return err
	}
	t := &text{w: w, h: h}
	t.header(&Summary{Records: m.Records})
	t.printf("\nExpected matches   %.0f pairs\n", m.Model.Expected)
	if l := m.Taught; l != nil {
		t.printf("Labels             %s of one entity, beside the estimate without labels that counts for %.0f\n", plural(l.Pairs, "pair"), l.Prior)
	}
	if c := m.Calibration; c != nil {
		first, last := c.Knots[0], c.Knots[len(c.Knots)-1]
		t.printf("Calibration        from probability %.3g at %.1f bits to %.3g at %.1f bits\n", first.Probability, first.Weight, last.Probability, last.Weight)
	}
	t.model(&m.Model)
	t.printf("\nComparisons that go together: where both agree their weights say too much, by so many bits\n")
	for _, d := range m.Dependence[:min(len(m.Dependence), maxReasons)] {
		t.printf("  %-16s %-16s among %-12s correlation %5.2f, %5.1f bits\n", d.A, d.B, d.Among, d.Correlation, d.Bits)
	}
	if len(m.Dependence) == 0 {
		t.printf("  none that could be seen\n")
	}
	return t.err
}
