using System.Net;
using Mesh.Core.Sealing;

namespace Mesh.Core.Sessions;

/// <summary>A join by invite while it lasts: tries until it is answered or its time is over.</summary>
/// <param name="request">Whom to join; its secret is copied.</param>
/// <param name="deadline">When to give up.</param>
internal sealed class JoinAttempt(JoinRequest request, TimeSpan deadline) : IDisposable
{
    private readonly SecretBuffer _secret = new(request.Secret.Span);

    /// <summary>Whom to join; its secret may be wiped by now.</summary>
    public JoinRequest Request { get; } = request;

    /// <summary>The secret of the invite, 16 bytes, until the join is over.</summary>
    public ReadOnlySpan<byte> Secret => _secret.Span;

    /// <summary>When to give up.</summary>
    public TimeSpan Deadline { get; } = deadline;

    /// <summary>When the next try is due; the greatest time while one is under way.</summary>
    public TimeSpan DueAt { get; set; }

    /// <summary>Where another node than the inviter answered.</summary>
    public HashSet<IPEndPoint> WrongEndpoints { get; } = [];

    /// <summary>Whether somebody hinted at a version that is not spoken here.</summary>
    public bool HasHeardOfVersion { get; set; }

    /// <summary>Whether the result was told.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What to call the end when nobody fitting answered.</summary>
    public JoinOutcome Failure =>
        WrongEndpoints.Count > 0 ? JoinOutcome.WrongNode
        : HasHeardOfVersion ? JoinOutcome.Version
        : JoinOutcome.NoAnswer;

    /// <summary>Ends the join and zeroes its secret.</summary>
    public void Dispose()
    {
        IsOver = true;
        _secret.Dispose();
    }
}
