package main

import "strings"

func words(s string) []string { return strings.Fields(s) }

// German names, the commonest first; Zipf's law is laid over them.
const (
	germanGiven = `Peter Michael Thomas Andreas Wolfgang Klaus Ursula Maria Sabine Renate Monika Petra Hans Jürgen Karin Günter Stefan Christian Uwe Helga Werner Birgit
Brigitte Gisela Ingrid Horst Frank Dieter Martin Susanne Gerhard Manfred Bernd Heinz Andrea Gabriele Claudia Christine Martina Julia Anna Katharina Daniel Alexander
Sandra Angelika Elke Erika Stefanie Rolf Jens Matthias Heike Markus Walter Karl Ralf Jörg Dirk Torsten Anja Silke Nicole Sven Kerstin Barbara Herbert Anke Ulrike
Cornelia Lothar Volker Kurt Jutta Elisabeth Marion Christa Tobias Sebastian Jan Lena Hannah Leon Lukas Finn Jonas Mia Emma Sofia`
	germanSurnames = `Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann
Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters
Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm
Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch
Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer`
	germanTowns = `Berlin Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig Dortmund Essen Bremen Dresden Hannover Nürnberg Duisburg Bochum Wuppertal Bielefeld Bonn
Münster Mannheim Karlsruhe Augsburg Wiesbaden Gießen Kiel Aachen Halle`
	germanStreets = `Hauptstraße Schulstraße Gartenstraße Bahnhofstraße Dorfstraße Bergstraße Birkenweg Lindenstraße Kirchstraße Waldstraße Ringstraße Schillerstraße Goethestraße
Amselweg Wiesenweg Jahnstraße Buchenweg Mühlenweg Blumenstraße Rosenweg Feldstraße Poststraße Mozartstraße Friedhofstraße Industriestraße Talstraße`
)
