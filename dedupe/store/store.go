// Package store keeps a dedupe.Index in one file, with bbolt: a copy-on-write tree
// whose commits are durable when they return and whole or not there at all,
// whatever ends the process.
//
// One process writes, and has the file to itself meanwhile; when none does, any
// number may read it. What is in the file is not encrypted: that is left to the
// disk it lies on.
package store

import (
	"errors"
	"fmt"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"leds.internal/ledsq/dedupe"
)

// Errors of opening a file.
var (
	// ErrLocked says that another process has the file.
	ErrLocked = errors.New("store: another process has the index open: one writes, or many read")
	// ErrNotIndex says that the file is something else, or damaged.
	ErrNotIndex = errors.New("store: the file holds no index, or is damaged")
)

// Mode says what a file is opened for.
type Mode int

// The modes.
const (
	Read   Mode = iota // what is there; many may
	Write              // what is there; only one may
	Create             // a new file, which must not exist; only one may
)

// wait is how long another process is waited for.
const wait = 500 * time.Millisecond

// File is a store in a file. It is safe for use by several goroutines.
type File struct{ db *bolt.DB }

var _ dedupe.Store = (*File)(nil)

// Open opens a file. A new one can be read by its owner alone. Errors name the
// path; those of files that are not there can be told by errors.Is(err,
// os.ErrNotExist).
func Open(path string, m Mode) (*File, error) {
	switch _, err := os.Stat(path); {
	case m == Create && err == nil:
		return nil, fmt.Errorf("%s: %w", path, os.ErrExist)
	case m != Create && err != nil:
		return nil, err
	}
	db, err := open(path, m)
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("%s: %w", path, ErrLocked)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrVersionMismatch), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, errDamaged):
		return nil, fmt.Errorf("%s: %w", path, ErrNotIndex)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &File{db}, nil
}

var errDamaged = errors.New("damaged")

// open is bolt.Open, which panics on some damaged files.
func open(path string, m Mode) (db *bolt.DB, err error) {
	defer func() {
		if recover() != nil {
			err = errDamaged
		}
	}()
	return bolt.Open(path, 0o600, &bolt.Options{Timeout: wait, ReadOnly: m == Read, FreelistType: bolt.FreelistMapType})
}

// Each gives the entries of a table in the order of their keys.
func (f *File) Each(table string, each func(key, value []byte) error) (err error) {
	defer func() {
		if recover() != nil { // bolt's answer to a damaged page
			err = ErrNotIndex
		}
	}()
	return f.db.View(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte(table))
		if b == nil {
			return nil
		}
		return b.ForEach(each)
	})
}

// Commit writes all or nothing, and returns when it is durable.
func (f *File) Commit(writes []dedupe.StoreWrite) error {
	if f.db.IsReadOnly() {
		return dedupe.ErrReadOnly
	}
	return f.db.Update(func(tx *bolt.Tx) error {
		var b *bolt.Bucket
		name := ""
		for _, w := range writes {
			if b == nil || w.Table != name {
				var err error
				if b, err = tx.CreateBucketIfNotExists([]byte(w.Table)); err != nil {
					return err
				}
				b.FillPercent = 0.95 // keys mostly ascend
				name = w.Table
			}
			var err error
			if w.Value == nil {
				err = b.Delete(w.Key)
			} else {
				err = b.Put(w.Key, w.Value)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Check looks through the pages of the file for damage.
func (f *File) Check() (problems []string) {
	defer func() {
		if recover() != nil {
			problems = append(problems, "a page of the file can't be read")
		}
	}()
	_ = f.db.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			problems = append(problems, err.Error())
		}
		return nil
	})
	return problems
}

// Close lets go of the file.
func (f *File) Close() error { return f.db.Close() }
