package main

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestRun(t *testing.T) {
	var b strings.Builder
	if err := run(context.Background(), &b, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`pncId          "79/163001b" → "1979/0163001B"`, `postcode       "ls14ap" → "LS1 4AP"`, "error      dateOfBirth"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}
