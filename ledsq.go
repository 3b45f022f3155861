// Package ledsq makes police records good and keeps them so: it normalises,
// judges and matches records of persons, vehicles and missing persons, as the
// Code of Practice for the Law Enforcement Data Service asks of whoever creates
// (6.2), amends (6.3) and validates (6.4) them.
//
// Three verbs do all of it, for each of the three kinds:
//
//	made, err := ledsq.Create(ctx, engine, person)                // before a record is made
//	kept, err := ledsq.Amend(ctx, engine, before, after, why)     // before it is changed
//	found, err := ledsq.Validate(ctx, engine, sources)            // over whole data sets
//
// It proposes, says why, and keeps the original. It never merges, overwrites or
// drops a record: people do. A high score or match weight is not proof of
// identity or truth; it says how the evidence stands.
//
// The parts can be used alone: package normalise for one value, package quality
// for rules and struct tags, package dedupe for matching.
package ledsq

import (
	"context"
	"errors"
	"fmt"
	"time"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/normalise"
	"leds.internal/ledsq/quality"
	"leds.internal/ledsq/record"
)

// Config says how an Engine works. The zero value needs only AsOf.
type Config struct {
	// AsOf is the time to judge by: what is in the future, overdue, too old.
	// It must be given; the library never reads the clock.
	AsOf time.Time
	// DateOrder says how dates that are not ISO are read, day first if "".
	DateOrder normalise.DateOrder
	// Codes are code lists of your own in place of the built-in ones of the same
	// name, nil for those of the Policy, if it has any.
	Codes *normalise.Codes
	// Policy switches rules off, changes their severities and parameters, and
	// sets findings aside. The zero value leaves every rule as it is. Its AsOf
	// is the one above, if it has none of its own.
	Policy quality.Policy
	// Match says how duplicates are looked for. The zero value needs no tuning.
	Match dedupe.Config
	// Index holds the records there are of one kind: Create asks it before another
	// of that kind is made. Unless Policy.Lookups.Existing is given, it is that
	// look-up too. Nil for none.
	Index *dedupe.Index
	// Survivor says which of several values is proposed for records of one entity.
	// The zero value is the most frequent, then the most recent.
	Survivor SurvivorPolicy
}

// Engine holds what the verbs need, made once. It is safe for use by many
// goroutines at the same time.
type Engine struct {
	cfg   Config
	rules *quality.Engine
}

// New makes an engine. It fails when AsOf is missing or the configuration makes
// no sense.
func New(cfg Config) (*Engine, error) {
	if cfg.AsOf.IsZero() {
		return nil, errors.New("ledsq: Config.AsOf is not set: say by which time to judge")
	}
	if err := cfg.Match.Validate(); err != nil {
		return nil, err
	}
	if err := cfg.Survivor.Validate(); err != nil {
		return nil, err
	}
	if cfg.Policy.AsOf.IsZero() {
		cfg.Policy.AsOf = cfg.AsOf
	}
	if cfg.Index != nil && cfg.Policy.Lookups.Existing == nil {
		cfg.Policy.Lookups.Existing = existing(cfg.Index)
	}
	if cfg.Codes == nil {
		own, err := cfg.Policy.OwnCodes()
		if err != nil {
			return nil, err
		}
		cfg.Codes = own
	}
	rules, err := quality.New(cfg.Policy)
	if err != nil {
		return nil, err
	}
	return &Engine{cfg: cfg, rules: rules}, nil
}

// AsOf gives the time the engine judges by.
func (e *Engine) AsOf() time.Time { return e.cfg.AsOf }

// Rules gives the rules that run, as the policy sets them.
func (e *Engine) Rules() []quality.Rule { return e.rules.Rules() }

// NotRun lists the rules that can't run for want of a look-up: they say "cannot
// tell" of every record, once.
func (e *Engine) NotRun() []quality.Finding { return e.rules.NotRun() }

// Policy gives the policy the engine works by.
func (e *Engine) Policy() quality.Policy { return e.cfg.Policy }

// Suppressions says what became of each suppression of the policy in the
// records judged so far.
func (e *Engine) Suppressions() []quality.SuppressionUse { return e.rules.Suppressions() }

// Normalise gives the canonical copy of a record and what was changed or found.
// The record itself stays as it is.
func Normalise[R record.Record](e *Engine, r R) (R, []normalise.Change) {
	out := record.Clone(r)
	return out, normalise.Record(out, e.normalising())
}

func (e *Engine) normalising() normalise.Options {
	return normalise.Options{AsOf: e.cfg.AsOf, DateOrder: e.cfg.DateOrder, Codes: e.cfg.Codes}
}

// Made is what Create says of a record about to be made.
type Made[R record.Record] struct {
	Record   R                  // the canonical copy
	Changes  []normalise.Change // what was done to get it, and what was found on the way
	Findings []quality.Finding  // failed rules, worst rule first within the catalogue's order
	Score    quality.Score
	// Suppressed are findings that the policy sets aside.
	Suppressed []quality.Finding
	// Known are records held already that may be about the same person, vehicle or
	// episode, the likeliest first; nil without an Index of the kind, and but for
	// Create. KnownWhy says why there may be more of them, "" if there are none.
	Known    []dedupe.Hit
	KnownWhy string
}

// Create judges a record that is about to be made (6.2): normalised, then every
// rule of creation, and with an Index a search for records held already. One that
// holds the same identifier is an error of the rule record/already-known, under
// the name that LEDS gives it, duplicate-exists; for a missing person it is a
// warning, as nothing may keep a report from being made. The record given is not
// changed.
func Create[R record.Record](ctx context.Context, e *Engine, r R) (Made[R], error) {
	made, err := Judge(ctx, e, quality.Create, r)
	if err != nil {
		return made, err
	}
	made.Known, made.KnownWhy, err = e.search(ctx, made.Record)
	return made, err
}

// Judge normalises one record and applies the rules of one principle to it by
// itself: quality.Create is what Create does, quality.Validate judges a record
// held already, without the rest of its data set. The record given is not changed.
func Judge[R record.Record](ctx context.Context, e *Engine, p quality.Principle, r R) (Made[R], error) {
	if err := ctx.Err(); err != nil {
		return Made[R]{}, err
	}
	return JudgeInPlace(ctx, e, p, record.Clone(r))
}

// JudgeInPlace is Judge without the copy: the record given becomes the canonical
// one. It is for records that nobody else holds, such as those just read from a
// file; to copy a record costs as much as to apply the rules.
func JudgeInPlace[R record.Record](ctx context.Context, e *Engine, p quality.Principle, r R) (Made[R], error) {
	if err := ctx.Err(); err != nil {
		return Made[R]{}, err
	}
	changes := normalise.Record(r, e.normalising())
	rep := e.rules.Check(p, &quality.Subject{Record: r, Changes: changes, AsOf: e.cfg.AsOf})
	return Made[R]{Record: r, Changes: changes, Findings: rep.Findings, Score: rep.Score, Suppressed: rep.Suppressed}, nil
}

// Sieve gives what tells of records of a file that JudgeInPlace would find nothing
// in them, without making them; nil where rules run that want the whole record.
func (e *Engine) Sieve(p quality.Principle, k record.Kind, fields []string) *quality.Sieve {
	return e.rules.Sieve(p, k, fields, e.normalising())
}

// Kept is what Amend says of a change to a record.
type Kept[R record.Record] struct {
	Record   R                   // the canonical copy of the record after
	Changed  []record.Difference // canonical before against canonical after
	Changes  []normalise.Change  // what normalising did to the record after
	Findings []quality.Finding
	Score    quality.Score
	// Suppressed are findings that the policy sets aside.
	Suppressed []quality.Finding
	Due        []quality.Duty // what is to be done about the record after, soonest first
}

// Amend judges a change (6.3): both versions normalised, then every rule of
// amendment over before, after and why. Both must be of the same kind and bear
// the same id. Neither is changed. With a zero why the last amendment the
// record after holds, beyond those of the record before, is taken.
func Amend[R record.Record](ctx context.Context, e *Engine, before, after R, why record.Amendment) (Kept[R], error) {
	if err := ctx.Err(); err != nil {
		return Kept[R]{}, err
	}
	if b, a := before.Head().ID, after.Head().ID; b != a {
		return Kept[R]{}, fmt.Errorf("ledsq: amending %s: the records before and after bear different ids", before.Kind())
	}
	old, oldChanges := Normalise(e, before)
	now, changes := Normalise(e, after)
	if made := now.Head().Amendments; why.At == "" && len(why.Fields) == 0 && len(made) > len(old.Head().Amendments) {
		why = made[len(made)-1]
	}
	rep := e.rules.Check(quality.Amend, &quality.Subject{
		Record: now, Changes: changes, Before: old, BeforeChanges: oldChanges, Amendment: why, AsOf: e.cfg.AsOf})
	return Kept[R]{now, record.Diff(old, now), changes, rep.Findings, rep.Score, rep.Suppressed, e.rules.Duties(now, changes, e.cfg.AsOf)}, nil
}
