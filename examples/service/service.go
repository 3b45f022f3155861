package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"leds.internal/ledsq"
	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// Limits of a request.
const (
	maxBody      = 1 << 20
	searchWithin = 200 * time.Millisecond
	maxAtOnce    = 64 // requests; more are told to come again
)

// service holds what the handlers need.
type service struct {
	log   *slog.Logger
	index *dedupe.Index
	now   func() time.Time
	room  chan struct{}
	judge atomic.Pointer[ledsq.Engine]
}

func newService(log *slog.Logger, index *dedupe.Index, now func() time.Time) *service {
	return &service{log: log, index: index, now: now, room: make(chan struct{}, maxAtOnce)}
}

func (s *service) routes() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /health", s.health)
	m.HandleFunc("POST /persons", s.limited(s.about(s.create)))
	m.HandleFunc("PUT /persons/{id}", s.limited(s.about(s.amend)))
	m.HandleFunc("POST /search", s.limited(s.about(s.search)))
	return s.logged(m)
}

// outcome is what a request comes to. Findings name fields and rules, no values.
type outcome struct {
	Outcome  string            `json:"outcome"` // created, amended, duplicate-exists, rejected, found, nothing-found …
	ID       string            `json:"id,omitempty"`
	Cluster  string            `json:"cluster,omitempty"`
	Score    float64           `json:"score,omitempty"`
	Findings []quality.Finding `json:"findings,omitempty"`
	Known    []dedupe.Hit      `json:"known,omitempty"` // records held that may be about the same person
	Complete bool              `json:"complete,omitempty"`
	Why      string            `json:"why,omitempty"`
}

func (s *service) answer(w http.ResponseWriter, status int, o outcome) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(o)
}

func (s *service) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(s.index.Stats())
}

// limited lets so many requests in at a time, and so much of each.
func (s *service) limited(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case s.room <- struct{}{}:
			defer func() { <-s.room }()
		default:
			w.Header().Set("Retry-After", "1")
			s.answer(w, http.StatusServiceUnavailable, outcome{Outcome: "busy", Why: "too many requests at once"})
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		h(w, r)
	}
}

// read reads the person of a request, strictly.
func (s *service) read(w http.ResponseWriter, r *http.Request) (*record.Person, bool) {
	p := &record.Person{}
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	err := d.Decode(p)
	if err == nil {
		if _, err = d.Token(); err == io.EOF {
			return p, true
		}
		err = errors.New("more than one record")
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		s.answer(w, http.StatusRequestEntityTooLarge, outcome{Outcome: "rejected", Why: "the body is larger than a megabyte"})
		return nil, false
	}
	// What a decoder says may quote what was typed.
	s.answer(w, http.StatusBadRequest, outcome{Outcome: "rejected", Why: "the body is not one person record in JSON"})
	return nil, false
}

// about is a handler of requests that hold a person.
func (s *service) about(do func(http.ResponseWriter, *http.Request, *ledsq.Engine, *record.Person)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p, ok := s.read(w, r)
		if !ok {
			return
		}
		e, err := s.engine()
		if err != nil {
			s.fail(w, r, err)
			return
		}
		do(w, r, e, p)
	}
}

// engine judges by the time of the request, to the minute.
func (s *service) engine() (*ledsq.Engine, error) {
	now := s.now()
	if e := s.judge.Load(); e != nil && now.Sub(e.AsOf()) < time.Minute {
		return e, nil
	}
	e, err := ledsq.New(ledsq.Config{AsOf: now, Index: s.index})
	if err == nil {
		s.judge.Store(e)
	}
	return e, err
}

// create makes a record unless the person is held already: by an identifier, or,
// unless ?confirm=new says that somebody looked, by a match.
func (s *service) create(w http.ResponseWriter, r *http.Request, e *ledsq.Engine, p *record.Person) {
	ctx, cancel := context.WithTimeout(r.Context(), searchWithin)
	defer cancel()
	made, err := ledsq.Create(ctx, e, p)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	o := outcome{ID: p.ID, Score: made.Score.Overall, Findings: made.Findings, Known: made.Known, Why: made.KnownWhy}
	confirmed := r.URL.Query().Get("confirm") == "new"
	for _, h := range made.Known {
		if h.Strong != "" || h.Decision == dedupe.Match && !confirmed {
			o.Outcome = "duplicate-exists"
			s.answer(w, http.StatusConflict, o)
			return
		}
	}
	switch err := s.index.Add(r.Context(), made.Record); {
	case errors.Is(err, dedupe.ErrExists):
		o.Outcome = "duplicate-exists"
		s.answer(w, http.StatusConflict, o)
	case errors.Is(err, dedupe.ErrNoID):
		o.Outcome, o.Why = "rejected", "the record has no id"
		s.answer(w, http.StatusUnprocessableEntity, o)
	case err != nil:
		s.fail(w, r, err)
	default:
		o.Outcome = "created"
		o.Cluster, _ = s.index.ClusterOf(p.ID)
		s.answer(w, http.StatusCreated, o)
	}
}

// amend puts a record in the place of the one of its id.
func (s *service) amend(w http.ResponseWriter, r *http.Request, e *ledsq.Engine, p *record.Person) {
	if id := r.PathValue("id"); p.ID == "" {
		p.ID = id
	} else if p.ID != id {
		s.answer(w, http.StatusBadRequest, outcome{Outcome: "rejected", Why: "the record bears another id than the path"})
		return
	}
	made, err := ledsq.Judge(r.Context(), e, quality.Validate, p)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	o := outcome{ID: p.ID, Score: made.Score.Overall, Findings: made.Findings}
	switch err := s.index.Update(r.Context(), made.Record); {
	case errors.Is(err, dedupe.ErrUnknown):
		o.Outcome = "not-found"
		s.answer(w, http.StatusNotFound, o)
	case err != nil:
		s.fail(w, r, err)
	default:
		o.Outcome = "amended"
		o.Cluster, _ = s.index.ClusterOf(p.ID)
		s.answer(w, http.StatusOK, o)
	}
}

// search gives who may be meant.
func (s *service) search(w http.ResponseWriter, r *http.Request, e *ledsq.Engine, p *record.Person) {
	asked, _ := ledsq.Normalise(e, p)
	ctx, cancel := context.WithTimeout(r.Context(), searchWithin)
	defer cancel()
	found, err := s.index.Search(ctx, asked, dedupe.DefaultHits)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	o := outcome{Outcome: "found", Known: found.Hits, Complete: found.Complete, Why: found.Why}
	if len(found.Hits) == 0 {
		o.Outcome = "nothing-found"
	}
	s.answer(w, http.StatusOK, o)
}

// fail tells nothing of what went wrong but to the log, whose errors hold no values.
func (s *service) fail(w http.ResponseWriter, r *http.Request, err error) {
	s.log.ErrorContext(r.Context(), "failed", "route", r.Pattern, "error", err)
	s.answer(w, http.StatusInternalServerError, outcome{Outcome: "failed"})
}

// status remembers what was answered.
type status struct {
	http.ResponseWriter
	code int
}

func (s *status) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

// logged writes a line for each request: its route and not its path, which bears an id.
func (s *service) logged(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, st := s.now(), &status{w, http.StatusOK}
		h.ServeHTTP(st, r)
		s.log.InfoContext(r.Context(), "request", "route", r.Pattern, "status", st.code, "took", s.now().Sub(from).String())
	})
}
