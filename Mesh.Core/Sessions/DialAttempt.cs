namespace Mesh.Core.Sessions;

/// <summary>One try to reach somebody over several links at once; the first that proves itself wins.</summary>
internal sealed class DialAttempt
{
    /// <summary>The problem of a try that nothing more is known about.</summary>
    public const string NoAnswer = "no answer";

    /// <summary>Whose try it is, unless it is a join or a renewal.</summary>
    public DialTarget? Target { get; init; }

    /// <summary>The join that it belongs to, if any.</summary>
    public JoinAttempt? Join { get; init; }

    /// <summary>The session that it is to take over from, if any.</summary>
    public Session? Renews { get; init; }

    /// <summary>Links that may still win; the winner alone once there is one.</summary>
    public List<HubLink> Links { get; } = [];

    /// <summary>The last reason why a link of the try failed, in a few words.</summary>
    public string Problem { get; set; } = NoAnswer;

    /// <summary>Whether links are still being opened.</summary>
    public bool IsStarting { get; set; } = true;

    /// <summary>Whether the outcome has been told.</summary>
    public bool IsOver { get; set; }
}
