package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"leds.internal/ledsq/quality"
)

// maxSARIF is how many results a SARIF report holds: GitHub shows no more.
const maxSARIF = 5000

// sarif is SARIF 2.1.0. The worst results are kept when there are too many.
type sarif struct {
	w     io.Writer
	h     *Header
	kept  [4][]sarifResult // by rank of severity
	all   int
	index map[string]int
}

func newSARIF(w io.Writer, h *Header) Writer {
	s := &sarif{w: w, h: h, index: map[string]int{}}
	for i := range h.Rules {
		s.index[h.Rules[i].ID] = i
	}
	return s
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string            `json:"ruleId"`
	RuleIndex *int              `json:"ruleIndex,omitempty"`
	Kind      string            `json:"kind"`
	Level     string            `json:"level"`
	Message   sarifText         `json:"message"`
	Locations []sarifLocation   `json:"locations"`
	Prints    map[string]string `json:"partialFingerprints"`
}

type sarifLocation struct {
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations"`
}

type sarifPhysical struct {
	Artifact struct {
		URI string `json:"uri"`
	} `json:"artifactLocation"`
	Region *struct {
		Line int `json:"startLine"`
	} `json:"region,omitempty"`
}

type sarifLogical struct {
	Name string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

// level gives SARIF's words for a finding. Only a failure has a level.
func sarifLevel(f *quality.Finding) (kind, level string) {
	switch {
	case f.Outcome != quality.Fail:
		return "open", "none"
	case f.Severity == quality.Info:
		return "fail", "note"
	}
	return "fail", string(f.Severity)
}

func (s *sarif) Record(r *Record) error {
	for i := range r.Findings {
		f := &r.Findings[i]
		s.all++
		rank := Rank(f.Severity)
		if f.Outcome == quality.CannotTell {
			rank = 0
		}
		if len(s.kept[rank]) == maxSARIF {
			continue
		}
		res := sarifResult{RuleID: f.Rule, Message: sarifText{message(s.h, r, f)}, Prints: map[string]string{"ledsq/v1": fingerprint(r, f)}}
		if k, ok := s.index[f.Rule]; ok {
			res.RuleIndex = &k
		}
		res.Kind, res.Level = sarifLevel(f)
		var l sarifLocation
		l.Physical.Artifact.URI = uri(r.File)
		if r.Line > 0 {
			l.Physical.Region = &struct {
				Line int `json:"startLine"`
			}{r.Line}
		}
		l.Logical = []sarifLogical{{strings.TrimSuffix(r.ID+"/"+f.Field, "/"), "member"}}
		res.Locations = []sarifLocation{l}
		s.kept[rank] = append(s.kept[rank], res)
	}
	return nil
}

// message is a finding in one sentence that stands alone.
func message(h *Header, r *Record, f *quality.Finding) string {
	return fmt.Sprintf("Record %s%s: %s", where(h, r.ID, r.File, r.Row), in(f.Field), f.Message)
}

// fingerprint tells findings apart from run to run. It holds no value.
func fingerprint(r *Record, f *quality.Finding) string {
	sum := sha256.Sum256([]byte(f.Rule + "\x00" + path.Base(filepath.ToSlash(r.File)) + "\x00" + r.ID + "\x00" + f.Field))
	return hex.EncodeToString(sum[:16])
}

func uri(file string) string {
	return (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath()
}

// Skip writes nothing: the invocation says so at the end.
func (s *sarif) Skip(SkippedRow) error { return nil }

type object = map[string]any

func (s *sarif) Close(sum *Summary) error {
	results := []sarifResult{}
	for rank := len(s.kept) - 1; rank >= 0; rank-- {
		results = append(results, s.kept[rank][:min(len(s.kept[rank]), maxSARIF-len(results))]...)
	}
	rules := []object{}
	for _, r := range s.h.Rules {
		f := quality.Finding{Severity: r.Severity, Outcome: quality.Fail}
		_, level := sarifLevel(&f)
		rules = append(rules, object{"id": r.ID, "name": ruleName(r.ID), "shortDescription": sarifText{r.Title}, "fullDescription": sarifText{r.Why},
			"help":                 sarifText{r.Why + " Source: " + r.Source + ". See: ledsq explain " + r.ID},
			"defaultConfiguration": object{"level": level}, "properties": object{"tags": []string{string(r.Dimension)}}})
	}
	notes := []object{}
	note := func(level, text string) {
		notes = append(notes, object{"level": level, "message": sarifText{text}})
	}
	if cut := s.all - len(results); cut > 0 {
		note("warning", fmt.Sprintf("%s of %s results are not shown: a SARIF report holds %s, the worst first. Use jsonl or csv for all.", count(cut), count(s.all), count(maxSARIF)))
	}
	if sum.RuleErrors > 0 {
		note("error", fmt.Sprintf("A rule crashed %s times: the results are incomplete.", count(sum.RuleErrors)))
	}
	for i, r := range sum.SkippedRows {
		if i == textSkipped {
			note("error", fmt.Sprintf("%s more rows were skipped.", count(sum.Skipped-i)))
			break
		}
		note("error", "Row skipped: "+r.String())
	}
	_, err := s.w.Write(append(marshal(object{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []object{{
			"tool": object{"driver": object{"name": s.h.Tool, "version": s.h.Version, "rules": rules}},
			"invocations": []object{{"executionSuccessful": sum.Skipped == 0 && sum.RuleErrors == 0, "toolExecutionNotifications": notes,
				"properties": object{"asOf": s.h.AsOf, "revealed": s.h.Revealed, "command": s.h.Command}}},
			"columnKind": "utf16CodeUnits", "results": results}}}), '\n'))
	return err
}

// ruleName is the id in Pascal case: viewers want a name that is not the id.
func ruleName(id string) string {
	var b strings.Builder
	for _, part := range strings.FieldsFunc(id, func(r rune) bool { return r == '/' || r == '-' }) {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}
