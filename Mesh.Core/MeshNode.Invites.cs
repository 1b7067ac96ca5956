using System.Net;
using System.Security.Cryptography;
using Mesh.Core.Identity;
using Mesh.Core.Runtime;
using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using Microsoft.Extensions.Logging;

namespace Mesh.Core;

/// <summary>Invites, joining, and the owner's answers to commands.</summary>
public sealed partial class MeshNode
{
    /// <summary>Shortest life of an invite.</summary>
    public static readonly TimeSpan MinInviteLife = TimeSpan.FromSeconds(1);

    /// <summary>Longest life of an invite.</summary>
    public static readonly TimeSpan MaxInviteLife = TimeSpan.FromDays(7);

    private readonly SemaphoreSlim _joinGate = new(1, 1);
    private TaskCompletionSource<JoinResult>? _joining;
    private NodeId _joiningTo;

    /// <summary>Makes a code by which one other node joins: both sides then accept each other.</summary>
    /// <param name="life">How long it can be used, 1 s to 7 days.</param>
    /// <param name="rights">What the joiner may do here.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The code, for pasting.</returns>
    /// <exception cref="MeshException">This is a guest, or too many invites are open.</exception>
    public Task<string> InviteAsync(
        TimeSpan life, Rights rights = Rights.Watch, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(life, MinInviteLife);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(life, MaxInviteLife);
        if (Role == MeshRole.Guest)
        {
            throw new MeshException(
                MeshFailure.NoOwner, "An invite needs a running node to join; start one with 'meshnode up'.");
        }

        return _parts.Loop.InvokeAsync(
            now =>
            {
                using var secret = _parts.Trust.Invites.Create(life, rights, now);
                using var code = new InviteCode(Id, secret.Span, OwnEndpoints());
                return code.ToText();
            },
            cancellationToken);
    }

    /// <summary>Joins the node that made a code; on success both sides accept each other, on the disk.</summary>
    /// <param name="code">The code; case and dashes do not matter.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The inviter as it stands now.</returns>
    /// <exception cref="MeshException">The code is mistyped, used, expired, or nobody answered.</exception>
    public async Task<PeerStatus> JoinAsync(string code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        using var invite = ReadCode(code);
        using var storeLock = Role == MeshRole.Guest ? _parts.Folder.LockOwner() : null;
        await _joinGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var joining = new TaskCompletionSource<JoinResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            // The loop wipes its own copy: it may come to it when the caller has given up.
            var secret = invite.Secret.ToArray();
            await _parts.Loop.InvokeAsync(now => BeginJoin(invite, secret, joining, now), cancellationToken)
                .ConfigureAwait(false);
            await Task.WhenAny(joining.Task, Ended).WaitAsync(cancellationToken).ConfigureAwait(false);
            ObjectDisposedException.ThrowIf(!joining.Task.IsCompleted, this);
            var result = await joining.Task.ConfigureAwait(false);
            return await _parts.Loop.InvokeAsync(now => EndJoin(invite, result, now), cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            _joining = null;
            _joinGate.Release();
        }
    }

    private static InviteCode ReadCode(string text) => InviteCode.TryParse(text, out var code) switch
    {
        InviteCodeResult.Read => code!,
        InviteCodeResult.TooShort => throw new MeshException("The end of the code is missing; paste it whole."),
        InviteCodeResult.TooLong => throw new MeshException("This is more than one code; paste it alone, and once."),
        InviteCodeResult.OtherVersion => throw new MeshException(
            MeshFailure.Version, "The code was made by another version of the program."),
        InviteCodeResult.Mistyped => throw new MeshException("The code is mistyped somewhere; paste it again."),
        _ => throw new MeshException("This is no invite code; 'meshnode invite' on the other machine makes one."),
    };

    private bool BeginJoin(
        InviteCode invite, byte[] secret, TaskCompletionSource<JoinResult> joining, TimeSpan now)
    {
        if (invite.Inviter == Id)
        {
            throw new MeshException(MeshFailure.Setup, "This code was made here; type it on the other machine.");
        }

        var seen = _parts.Core.Discovery?.Find(invite.Inviter)?.Endpoints ?? [];
        _joining = joining;
        _joiningTo = invite.Inviter;
        _parts.Core.Hub.Join(
            new JoinRequest
            {
                Inviter = invite.Inviter,
                Endpoints = [.. invite.Endpoints.Concat(seen).Distinct()],
                Secret = secret,
                TakesMesh = (key, name) => _parts.Mesh.Takes(_parts.Local.Key, key.Span, name),
            },
            now);
        CryptographicOperations.ZeroMemory(secret);
        return true;
    }

    // The hub wipes the key when this returns.
    private void OnJoined(JoinResult result)
    {
        MeshException? obstacle = null;
        try
        {
            MoveToMesh(result, _parts.Loop.Now);
        }
        catch (MeshException exception)
        {
            LogFault(exception.Message);
            obstacle = exception;
        }

        // A join that its caller has given up may end now, and is not the one that is waited for.
        if (result.Inviter != _joiningTo)
        {
            return;
        }

        _ = obstacle is null
            ? _joining?.TrySetResult(result with { MeshKey = default })
            : _joining?.TrySetException(obstacle);
    }

    private PeerStatus EndJoin(InviteCode invite, JoinResult result, TimeSpan now)
    {
        if (result.Outcome != JoinOutcome.Joined)
        {
            throw Describe(result, _parts);
        }

        // A command that joins is gone a moment later: the next one finds the inviter where it was found now.
        foreach (var endpoint in invite.Endpoints.Reverse())
        {
            _parts.Trust.Store.Learn(result.Inviter, result.Name, endpoint, incarnation: 0);
        }

        TrustChanged(result.Inviter, isLess: false, now);
        return Describe(result.Inviter, _parts.Trust.Store.Find(result.Inviter), now);
    }

    // At once, not only from the next run on: the inviter dials under its own key. Sessions that stand go on, and who
    // knows the former key alone, such as a guest that runs already, may dial with it until this run ends.
    private void MoveToMesh(JoinResult result, TimeSpan now)
    {
        if (result.Outcome != JoinOutcome.Joined)
        {
            return;
        }

        var local = _parts.Local;
        var offered = _parts.Mesh.Offered(result.MeshKey.Span, result.MeshName);
        if (offered is null || offered.IsSameAs(local.Key))
        {
            offered?.Dispose();
            return;
        }

        try
        {
            _parts.Mesh.Keep(offered);
        }
        catch
        {
            offered.Dispose();
            throw;
        }

        local.PreviousKey?.Dispose();
        (local.PreviousKey, local.Key) = (local.Key, offered);
        _parts.Core.Discovery?.MoveTo(offered, now);
        LogMoved(offered.Name ?? "with a key");
    }

    private static MeshException Describe(JoinResult result, NodeParts parts) => result.Outcome switch
    {
        JoinOutcome.AlreadyUsed => new MeshException(
            MeshFailure.NotTrusted, "This code was already used by another node; ask for a new one."),
        JoinOutcome.Expired => new MeshException(
            MeshFailure.NotTrusted, "This code has expired; ask for a new one."),
        JoinOutcome.WrongNode => new MeshException(
            MeshFailure.NotFound, "Another node answers at the address in this code; it has learned nothing."),
        JoinOutcome.Version => new MeshException(
            MeshFailure.Version, "The other node speaks no common version of the protocol."),
        JoinOutcome.OtherMesh => new MeshException(
            MeshFailure.Setup, parts.Mesh.DescribeOther(parts.Local.Key, result.MeshName)),
        JoinOutcome.NotKept => new MeshException(
            MeshFailure.Setup,
            $"{result.Name} took this node in, but the state folder cannot be written; mend that and join again."),
        JoinOutcome.Refused => new MeshException(
            MeshFailure.NotTrusted, $"The other node refused: {result.Code}."),
        _ => new MeshException(
            MeshFailure.Timeout,
            "Nobody answered: is the other node running, and was the code made by its present run?"),
    };

    // The two addresses that another machine most likely reaches: those of interfaces with broadcast, IPv4 first.
    private List<IPEndPoint> OwnEndpoints()
    {
        var links = (_parts.Core.Beacons?.Interfaces ?? _parts.Platform.Datagrams.ReadInterfaces())
            .Where(link => link is { IsUp: true, Address: not null }
                && (_parts.Options.Interfaces.Count == 0 || _parts.Options.Interfaces.Contains(link.Name)))
            .OrderBy(link => link.IsLoopback)
            .ThenBy(link => link.IsVirtual)
            .Select(link => new IPEndPoint(link.Address!, SessionPort))
            .ToList();
        return links.Count switch
        {
            0 => [new IPEndPoint(IPAddress.Loopback, SessionPort)],
            > 2 => links[..2],
            _ => links,
        };
    }

    [LoggerMessage(1923, LogLevel.Information, "This node is in the mesh of its inviter from now on: {Mesh}")]
    private partial void LogMoved(string mesh);
}
