using System.Net;
using System.Security.Cryptography;
using System.Text;
using Mesh.Core.Identity;
using Mesh.Core.Trust;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>What people paste: invite codes, node ids, mesh keys; and codes whose check is right.</summary>
internal sealed class InviteCodeTarget : IFuzzTarget
{
    private const int Checked = 1;
    private const int Id = 2;
    private const int Ways = 3;
    private const int CheckBytes = 2;

    private string _text = "";
    private int _way;

    public string Name => "invite";

    public int SelectorBytes => 1;

    public IReadOnlyList<string> Words => ["-", " ", "O", "l", "U", "*", "\u00a0", "\u0660", "0", "ZZZZZ"];

    public IReadOnlyList<byte[]> MakeCorpus(Random random)
    {
        var corpus = new List<byte[]>();
        for (var count = 0; count < 12; count++)
        {
            var bytes = new byte[36];
            random.NextBytes(bytes);
            IPEndPoint[] endpoints =
            [
                new(new IPAddress(bytes.AsSpan(0, count % 2 == 0 ? 4 : 16)), 21750),
                new(new IPAddress(bytes.AsSpan(4, 4)), 1),
            ];
            var inviter = new NodeId(bytes.AsSpan(0, 20));
            var code = new InviteCode(inviter, bytes.AsSpan(20), endpoints[..(1 + (count % 2))]);
            corpus.Add([0, .. Encoding.UTF8.GetBytes(code.ToText())]);
            corpus.Add([Checked, .. Content(code)]);
            corpus.Add([Id, .. Encoding.UTF8.GetBytes(code.Inviter.ToString())]);
            corpus.Add([Id, .. Encoding.UTF8.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes)))]);
        }

        return corpus;
    }

    public void Prepare(byte[] input)
    {
        _way = input.Length > 0 ? input[0] % Ways : 0;
        var payload = input.AsSpan(Math.Min(1, input.Length));
        _text = _way == Checked ? WithCheck(payload) : Encoding.UTF8.GetString(payload);
    }

    public void Run()
    {
        if (_way == Id)
        {
            Span<byte> key = stackalloc byte[MeshKey.SizeBytes];
            _ = NodeId.TryParse(_text, out _);
            _ = MeshKey.TryParse(_text, key);
        }
        else
        {
            _ = InviteCode.TryParse(_text, out _);
        }
    }

    public string? Check()
    {
        if (_way == Id || InviteCode.TryParse(_text, out var code) != InviteCodeResult.Read)
        {
            return null;
        }

        return InviteCode.TryParse(code!.ToText(), out _) == InviteCodeResult.Read ? null
            : "a code that was read cannot be read again";
    }

    public void Dispose()
    {
        // Holds nothing.
    }

    private static byte[] Content(InviteCode code)
    {
        var text = code.ToText().Replace("-", "", StringComparison.Ordinal);
        var bytes = new byte[text.Length];
        _ = CrockfordBase32.TryDecode(text, bytes, out var length);
        return bytes[..(length - CheckBytes)];
    }

    private static string WithCheck(ReadOnlySpan<byte> content)
    {
        var check = SHA256.HashData([.. "mesh/1 code"u8, .. content]);
        return CrockfordBase32.ToGroups([.. content, .. check.AsSpan(0, CheckBytes)], 5);
    }
}
