package report

import (
	"fmt"
	"io"
	"math"
	"time"

	"leds.internal/ledsq/dedupe"
)

// Forecast is what a run of matching would do and need.
type Forecast struct {
	*dedupe.Forecast
	Skipped int     `json:"skipped"`
	Allowed int64   `json:"allowed"` // bytes of memory that the run may take, 0 where nothing bounds it
	Reading float64 `json:"readingSeconds"`
	Total   float64 `json:"totalSeconds"` // of the whole run, reading included
}

// ForecastFormats are the formats of WriteForecast.
func ForecastFormats() []string { return []string{"text", "json"} }

// WriteForecast writes a forecast.
func WriteForecast(w io.Writer, format string, h *Header, f *Forecast) error {
	if format == "json" {
		_, err := w.Write(append(marshal(struct {
			Header   *Header   `json:"header"`
			Forecast *Forecast `json:"plan"`
		}{h, f}), '\n'))
		return err
	}
	t := &text{w: w, h: h}
	t.header(&Summary{Records: f.Records, Skipped: f.Skipped})
	t.printf("\nPairs to compare   %s at the most, by %s; a pair that shares several is counted for each\n", count(f.Pairs), plural(len(f.Keys), "key"))
	for _, k := range f.Keys {
		t.printf("  %15s  %s", count(k.Pairs), k.Name)
		if k.Dropped.Blocks > 0 {
			t.printf("; %s with %s too large to compare in full", plural(k.Dropped.Blocks, "block"), plural(k.Dropped.Records, "record"))
		}
		t.printf("\n")
	}
	m := f.Memory
	t.printf("\nMemory             about %s; at least %s\n", Bytes(m.Usual), Bytes(m.Least))
	t.printf("  records          %s\n", Bytes(m.Records))
	t.printf("  blocks           %s\n", Bytes(m.Blocks))
	t.printf("  pairs            %s\n", Bytes(m.Pairs))
	switch {
	case f.Error != nil:
		t.printf("  allowed          %s: too little, the run would be refused\n", Bytes(f.Allowed))
	case f.Allowed > 0 && m.Split:
		t.printf("  allowed          %s: enough if the records are gone through in parts, which takes longer\n", Bytes(f.Allowed))
	case f.Allowed > 0:
		t.printf("  allowed          %s: enough\n", Bytes(f.Allowed))
	}
	t.printf("\nTime               about %s in all, of which reading took %s\n", Seconds(f.Total), Seconds(f.Reading))
	return t.err
}

// Bytes writes an amount of memory as people say it.
func Bytes(n int64) string {
	if n >= 1e9 {
		return fmt.Sprintf("%.1f GB", math.Ceil(float64(n)/1e8)/10)
	}
	return fmt.Sprintf("%d MB", (n+1e6-1)/1e6)
}

// Seconds writes a time as people say it.
func Seconds(s float64) string {
	switch d := time.Duration(s * float64(time.Second)); {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", s)
	case d < 2*time.Minute:
		return fmt.Sprintf("%.0f s", s)
	case d < 100*time.Minute:
		return fmt.Sprintf("%.0f min", s/60)
	}
	return fmt.Sprintf("%.1f hours", s/3600)
}
