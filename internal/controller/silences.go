package controller

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// silencesBatch is how many silences are seen to in one transaction.
const silencesBatch = 100

// silencesPatience is how long after its end a silence is seen to. By then nobody
// takes it for being in force any more, even if their clock is a little late, who
// might otherwise look at an alert right after this has.
const silencesPatience = time.Second

// endSilences has people told of what is still wrong when a silence is over (R82).
// Any number of controllers may do so at once.
func (c *Controller) endSilences(ctx context.Context) error {
	for {
		ended, err := c.Store.EndSilences(ctx, c.Store.Now().Add(-silencesPatience), silencesBatch)
		if ended > 0 {
			c.Logger.InfoContext(ctx, "silences over: what they were about is looked at again", slog.Int("silences", ended))
		}
		if err != nil {
			return fmt.Errorf("end silences: %w", err)
		}
		if ended < silencesBatch {
			return nil
		}
	}
}
