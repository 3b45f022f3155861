// Command ledsq normalises, judges and matches police records. See ledsq help.
package main

import (
	"os"
	"time"

	"leds.internal/ledsq/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, time.Now))
}
