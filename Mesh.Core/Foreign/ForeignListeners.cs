namespace Mesh.Core.Foreign;

/// <summary>Who listens to one foreign chart; most charts have nobody.</summary>
internal sealed class ForeignListeners
{
    public Action<string>? LiveSpy { get; set; }

    public Action<string>? LiveTrace { get; set; }

    public Action<ForeignStep>? Stepped { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>True when somebody listens.</summary>
    public bool IsHeard => LiveSpy is not null || LiveTrace is not null || Stepped is not null;
}
