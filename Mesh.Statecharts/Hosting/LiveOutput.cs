namespace Mesh.Statecharts.Hosting;

/// <summary>Where live lines go. A callback that throws is switched off, so that watching never harms the
/// chart.</summary>
internal sealed class LiveOutput
{
    private Action<string>? _callback;

    /// <summary>Whether lines are told.</summary>
    public bool IsOn { get; set; }

    /// <summary>Whether telling a line would reach anybody.</summary>
    public bool IsHeard => IsOn && _callback is not null;

    /// <summary>What the callback threw last; it was switched off then.</summary>
    public Exception? Failure { get; private set; }

    public void Register(Action<string> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _callback = callback;
    }

    public void Tell(string line)
    {
        try
        {
            _callback?.Invoke(line);
        }
        catch (Exception exception)
        {
            Failure = exception;
            IsOn = false;
        }
    }
}
