using Mesh.Core.Sessions;
using Mesh.Core.Wire.Messages;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class HubRenewTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // A day of pings each second says no more than a day of pings each minute, and takes sixty times as long.
    private static readonly SessionOptions Calm = new()
    {
        PingInterval = TimeSpan.FromMinutes(1),
        SuspectAfter = TimeSpan.FromMinutes(3.5),
        LostAfter = TimeSpan.FromMinutes(10),
    };

    private readonly SessionLab _lab = new();
    private readonly LabNode _one;
    private readonly LabNode _two;

    public HubRenewTests()
    {
        _one = _lab.Add("one", plan => plan with { Options = Calm });
        _two = _lab.Add("two", plan => plan with { Options = Calm });
        _lab.Introduce(_one, _two);
        _lab.Run(0.5 * Second);
    }

    [Test]
    public void Poll_RenewsASessionAfterADay_WithoutAGap()
    {
        var first = _one.SessionWith(_two);
        var received = new List<byte>();
        _two.Events.OnMessage = (_, type, message) =>
        {
            if (type == SessionMessageType.Detach)
            {
                received.Add(message[2]);
            }
        };
        _lab.Run(TimeSpan.FromHours(24) - (3 * Second));
        Assert.That(_one.SessionWith(_two), Is.SameAs(first));

        for (var number = 0; number < 100; number++)
        {
            Assert.That(_one.SessionWith(_two).TrySend([0x92, 0x1A, (byte)number]), Is.True, $"message {number}");
            _lab.Run(0.1 * Second);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_one.SessionWith(_two), Is.Not.SameAs(first));
            Assert.That(first.End, Is.EqualTo(SessionEnd.Replaced).Or.EqualTo(SessionEnd.Duplicate));
            Assert.That(received, Is.EqualTo(Enumerable.Range(0, 100)));
            Assert.That(_one.Hub.Sessions, Has.Count.EqualTo(1));
            Assert.That(_two.Hub.Sessions, Has.Count.EqualTo(1));
            Assert.That(_one.Events.Log, Does.Not.Contain("presence two Lost"));
            Assert.That(_two.Events.Log, Does.Not.Contain("presence one Lost"));
        }
    }

    [Test]
    public void Poll_EndsASessionAtLast_ThatTheDiallerDoesNotRenew()
    {
        _lab.Run(TimeSpan.FromHours(23.9));
        _lab.Tamper = (_, _, message) => message[1] == 0x10 ? null : message;

        _lab.Run(TimeSpan.FromMinutes(15));
        Assert.That(_two.Events.Ended, Is.Empty);
        _lab.Run(TimeSpan.FromMinutes(15));

        Assert.That(_two.Events.Ended, Has.Count.EqualTo(1));
    }
}
