// Command service is an ingestion service that embeds ledsq: records of persons
// are searched for before they are made, judged, and kept in an index.
//
//	go run ./examples/service -index persons.idx
//	curl -s -d '{"names":[{"givenNames":["Harriet"],"surname":"Fenwick"}]}' http://127.0.0.1:8080/search
//
// It listens on the loopback address unless told otherwise, knows nobody and
// encrypts nothing: put what does before it. Its logs hold no personal values.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"leds.internal/ledsq/dedupe"
	"leds.internal/ledsq/dedupe/store"
	"leds.internal/ledsq/record"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8080", "address to listen on; any but a loopback address needs -public")
	public := flag.Bool("public", false, "allow an address that others can reach")
	path := flag.String("index", "persons.idx", "file of the index; made if it is not there")
	flag.Parse()
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, log, *listen, *path, *public)
	stop()
	if err != nil {
		log.Error("stopped", "error", err)
		os.Exit(1)
	}
}

// stopWithin is how long requests under way may take when the service is told to stop.
const stopWithin = 10 * time.Second

// run serves until the context ends, then lets what is under way finish.
func run(ctx context.Context, log *slog.Logger, listen, path string, public bool) error {
	if err := onlyLoopback(listen, public); err != nil {
		return err
	}
	index, err := open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { _ = index.Close() }()
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	log.Info("serving", "address", l.Addr().String(), "records", index.Len())
	return serve(ctx, log, l, index)
}

func serve(ctx context.Context, log *slog.Logger, l net.Listener, index *dedupe.Index) error {
	s := &http.Server{
		Handler:           newService(log, index, time.Now).routes(),
		ReadHeaderTimeout: 2 * time.Second, ReadTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 8 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	log.Info("stopping: requests under way are finished")
	last, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	return s.Shutdown(last)
}

func onlyLoopback(listen string, public bool) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); public || host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("%s can be reached by others: say -public if that is meant", listen)
}

// open opens the index, or makes it.
func open(ctx context.Context, path string) (*dedupe.Index, error) {
	cfg := dedupe.IndexConfig{Now: time.Now}
	file, err := store.Open(path, store.Write)
	if errors.Is(err, fs.ErrNotExist) {
		if file, err = store.Open(path, store.Create); err != nil {
			return nil, err
		}
		return dedupe.NewIndex(record.KindPerson, cfg, file)
	}
	if err != nil {
		return nil, err
	}
	return dedupe.OpenIndex(ctx, cfg, file)
}
