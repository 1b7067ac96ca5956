using Mesh.Core.Transport;
using Mesh.Core.Transport.NetMq;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport.NetMq;

/// <summary>The contracts on NetMQ, and what it cannot do of them.</summary>
[Category("Socket")]
public sealed class NetMqTransportTests : NetworkTransportContract
{
    private const string Router = "Router_KeepsServing_WhenAStrangerSends";
    private const string Dealer = "Dealer_StaysQuiet_WhenItMeetsAStranger";

    /// <inheritdoc/>
    protected override IReadOnlyList<string> FatalBytes { get; } =
    [
        "(a negative length)",
        $"{Router}(no identity)",
        $"{Router}(no socket type)",
        $"{Router}(an empty command)",
        $"{Dealer}(an empty command)",
    ];

    /// <inheritdoc/>
    protected override bool LimitsGreetings => false;

    /// <inheritdoc/>
    protected override bool TellsPeerAddresses => false;

    /// <inheritdoc/>
    protected override int AllocatedBytesPerMessage => 1024;

    [Test]
    public void Description_NamesTheLibraryAndItsVersion() =>
        Assert.That(Open().Description, Does.Match(@"^NetMQ 4\.\d+\.\d+\.\d+$"));

    protected override ITransport Create() => new NetMqTransport();
}
