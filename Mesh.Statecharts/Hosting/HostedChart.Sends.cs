using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Hosting;

/// <content>Events in the words of SCXML: raised, sent, sent later.</content>
public abstract partial class HostedChart<TContext>
{
    /// <inheritdoc/>
    public EventOrigin CurrentOrigin => IsInHandler ? _machine.CurrentOrigin : EventOrigin.None;

    /// <inheritdoc/>
    public string? CurrentSendId => IsInHandler ? _machine.CurrentSendId : null;

    /// <inheritdoc/>
    public bool Raise(Event raised, string? sendId = null)
    {
        return IsInHandler ? _machine.Raise(raised, sendId)
            : throw new InvalidOperationException($"no handler of chart '{Name}' is running here: post to it instead");
    }

    /// <inheritdoc/>
    public bool Send(Event sent, TimeSpan delay = default, string? sendId = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (delay == TimeSpan.Zero)
        {
            return Post(sent, isLifo: false, sendId) || RaiseFailure(sendId, null);
        }

        try
        {
            _ = AddTimedPost(sent, PostTiming.After(delay), isLifo: false, sendId);
            return true;
        }
        catch (InvalidOperationException exception) when (IsScxmlHandler)
        {
            return RaiseFailure(sendId, exception);
        }
    }

    /// <inheritdoc/>
    public void CancelSend(string sendId)
    {
        ArgumentNullException.ThrowIfNull(sendId);
        _timedPosts.CancelSends(sendId);
    }

    /// <summary>The event as a queue would hold it.</summary>
    private protected QueuedEvent Number(Event numbered)
    {
        lock (_gate)
        {
            var signal = _machine.Resolve(numbered);
            return new QueuedEvent(signal, _machine.Pack(signal, numbered, sendId: null));
        }
    }

    private bool IsScxmlHandler => IsInHandler && Definition.Profile == Profile.Scxml;

    // What cannot be sent is an event of its own to a handler of the Scxml profile.
    private bool RaiseFailure(string? sendId, Exception? exception)
    {
        if (IsScxmlHandler)
        {
            _machine.Raise(new Event(ScxmlSignals.ErrorCommunication, exception), sendId);
        }

        return false;
    }
}
