/** What a machine offers to compute with, and what would make it faster. Knows nothing of detectors. */
package io.hardmine.cli.doctor;
