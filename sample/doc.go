// Package sample makes synthetic police records with known truth and known,
// labelled errors: persons, vehicles and missing-person episodes.
//
// It makes a population first (people in families, with names, moves and
// deaths; vehicles with keepers; episodes with what was done) and then writes
// records of it, each as one of several source systems would. With the records
// come two labels: which records are about the same entity, and which values
// are wrong, how, and what they should be. So a rule, a matcher or an import
// can be measured against the truth.
//
//	sample.WriteCSV(ctx, sample.Options{Kind: record.KindPerson, N: 100_000, Seed: 1, Profile: p},
//		sample.Outputs{Records: records, Truth: truth, Labels: labels})
//
// Everything follows from Options: the same options give the same bytes, on any
// machine and with any number of jobs. Files of persons, vehicles and episodes
// made with the same N, Seed, Duplicates and AsOf fit each other: keepers and
// missing persons bear the ids of the records of persons.
//
// No value belongs to anybody: see docs/sample.md for what is safe, what is
// realistic, and what is not.
package sample
