using System.Net;

namespace Mesh.Core.Sessions;

/// <summary>A join by invite while it lasts: tries until it is answered or its time is over.</summary>
/// <param name="request">Whom to join.</param>
/// <param name="deadline">When to give up.</param>
internal sealed class JoinAttempt(JoinRequest request, TimeSpan deadline)
{
    /// <summary>Whom to join.</summary>
    public JoinRequest Request { get; } = request;

    /// <summary>When to give up.</summary>
    public TimeSpan Deadline { get; } = deadline;

    /// <summary>When the next try is due; the greatest time while one is under way.</summary>
    public TimeSpan DueAt { get; set; }

    /// <summary>Where another node than the inviter answered.</summary>
    public HashSet<IPEndPoint> WrongEndpoints { get; } = [];

    /// <summary>Whether somebody hinted at a version that is not spoken here.</summary>
    public bool HasHeardOfVersion { get; set; }

    /// <summary>Whether the result was told.</summary>
    public bool IsOver { get; set; }

    /// <summary>What to call the end when nobody fitting answered.</summary>
    public JoinOutcome Failure =>
        WrongEndpoints.Count > 0 ? JoinOutcome.WrongNode
        : HasHeardOfVersion ? JoinOutcome.Version
        : JoinOutcome.NoAnswer;
}
