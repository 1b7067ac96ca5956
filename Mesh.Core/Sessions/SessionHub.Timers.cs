using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

// Time: what is due now, and when the loop has to come back.
internal sealed partial class SessionHub
{
    private readonly List<HubLink> _walk = [];

    /// <summary>Does what is due. Call it after each turn of receiving, and at <see cref="NextDeadline"/>.</summary>
    /// <param name="now">The loop's monotonic time.</param>
    public void Poll(TimeSpan now)
    {
        if (_lateness.IsLate(now))
        {
            Counters.Count(SessionCounter.TimerLate);
            foreach (var session in _sessions.Current)
            {
                session.Forgive(now);
            }
        }

        FlushReady(now);
        if (now >= _nextTimer)
        {
            RunTimers(now);
            FlushReady(now);
        }

        _lateness.Expect(_ready.Count > 0 ? now : _nextTimer);
    }

    private void FlushReady(TimeSpan now)
    {
        // Who is listed again meanwhile has its turn in the next call.
        for (var count = _ready.Count; count > 0 && _ready.TryTake(out var session); count--)
        {
            session.Flush(now);
            if (_sessions.TryGetLink(session, out var link))
            {
                Settle(link, now);
            }
        }
    }

    private void RunTimers(TimeSpan now)
    {
        _nextTimer = TimeSpan.MaxValue;
        _walk.Clear();
        _walk.AddRange(_links.All);
        foreach (var link in _walk)
        {
            if (link.Session is not null)
            {
                PollSession(link, now);
            }
            else if (!link.IsGone)
            {
                PollHandshake(link, now);
            }
        }

        _walk.Clear();
        PollJoins(now);
        Dial(now);
        Schedule(_isShuttingDown ? TimeSpan.MaxValue : _dialer.NextDeadline());

        // A walk costs a little for each session: with many of them, what is due together is done together.
        if (_nextTimer < now + _options.TimerStep)
        {
            _nextTimer = now + _options.TimerStep;
        }
    }

    private void PollHandshake(HubLink link, TimeSpan now)
    {
        var deadline = link.BeganAt + _options.HandshakeTimeout;
        if (now >= deadline)
        {
            Counters.Count(SessionCounter.HandshakeTimeout);
            DropHandshake(link, DialAttempt.NoAnswer, now);
            return;
        }

        Schedule(deadline);
        if (link.Unsent.Length == 0)
        {
            return;
        }

        if (now >= link.RetryAt)
        {
            SendHandshake(link, link.Unsent, now);
        }
        else
        {
            Schedule(link.RetryAt);
        }
    }

    private void PollSession(HubLink link, TimeSpan now)
    {
        var session = link.Session!;
        session.Poll(now);
        if (link.IsAnnounced && session.State == SessionState.Open)
        {
            if (now >= link.RetireAt)
            {
                session.Bye(RefuseCode.DuplicateSession, "", SessionEnd.Replaced, now);
            }
            else if (now >= link.RenewAt)
            {
                Renew(link, now);
            }

            Schedule(link.RetireAt < link.RenewAt ? link.RetireAt : link.RenewAt);
        }

        Settle(link, now);
    }

    // The side that dialled dials again and keeps the old session until the new one is open. The other side only ends
    // what was not renewed in time.
    private void Renew(HubLink link, TimeSpan now)
    {
        var session = link.Session!;
        if (!session.IsDialled)
        {
            session.Bye(RefuseCode.Busy, "", SessionEnd.Closed, now);
            return;
        }

        link.RenewAt = now + _options.RenewRetry;
        if (_isShuttingDown || _dialer.Pace.AllowedAt(link.Endpoint!, now) > now)
        {
            return;
        }

        _dialer.Pace.Note(link.Endpoint!, now);
        Start(new DialAttempt { Renews = session }, [link.Endpoint!], now);
    }
}
