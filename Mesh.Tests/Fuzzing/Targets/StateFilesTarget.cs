using System.Text;
using System.Text.Json;
using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Core.Runtime;
using Mesh.Core.Sealing;
using Mesh.Core.Trust;
using Mesh.Tests.Core.Trust;
using Mesh.Tests.Support;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>The files of a state folder after a fault of the disk, or of a person.</summary>
internal sealed class StateFilesTarget : IFuzzTarget
{
    private const int TrustRow = 0;
    private const int Owner = 1;
    private const int LastIncarnation = 2;
    private const int Key = 3;
    private const int Holder = 4;
    private const int Seed = 5;
    private const int Kinds = 6;

    private readonly TemporaryFolder _folder = new(isInMemory: true);
    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly string _row;
    private int _kind;

    public StateFilesTarget()
    {
        Directory.CreateDirectory(_folder["peers"]);
        var peer = TrustFileCases.NextRow(new Random(1)).Id;
        _row = Path.Combine(_folder["peers"], $"{peer}.peer");
    }

    public string Name => "files";

    public int SelectorBytes => 1;

    public IReadOnlyList<byte[]> MakeCorpus(Random random)
    {
        var corpus = new List<byte[]>();
        for (var count = 0; count < 8; count++)
        {
            var settings = new OwnerSettings { Name = "pi", MeshName = "lab", MeshKeyFile = count > 3 ? "/k" : null };
            var secret = new byte[MeshKey.SizeBytes];
            random.NextBytes(secret);
            corpus.Add([TrustRow, .. TrustFile.Write(TrustFileCases.NextRow(random))]);
            corpus.Add([TrustRow, .. TrustFile.Write(TrustFileCases.NextRow(new Random(1)))]);
            corpus.Add([Owner, .. JsonSerializer.SerializeToUtf8Bytes(settings, JsonSerializerOptions.Web)]);
            corpus.Add([LastIncarnation, .. Encoding.ASCII.GetBytes($"{random.NextInt64()}\n")]);
            corpus.Add([Key, .. Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(secret)}\n")]);
            corpus.Add([Key, .. Encoding.ASCII.GetBytes(CrockfordBase32.ToGroups(secret, 4))]);
            corpus.Add([Holder, .. Encoding.ASCII.GetBytes($"{random.Next()}")]);
            corpus.Add([Seed, .. secret]);
        }

        return corpus;
    }

    public void Prepare(byte[] input)
    {
        _kind = (input.Length > 0 ? input[0] : 0) % Kinds;
        var path = _kind == TrustRow ? _row : _folder[_kind switch
        {
            Owner => "owner.json",
            LastIncarnation => "incarnation",
            Key => "mesh.key",
            Holder => "owner.lock.pid",
            _ => "seed",
        }];
        File.WriteAllBytes(path, input.AsSpan(Math.Min(1, input.Length)));
        if (_kind == Seed && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public void Run()
    {
        try
        {
            Read();
        }
        catch (MeshException)
        {
            // How a node says at its start that a person must look.
        }
    }

    public string? Check() => null;

    public void Dispose() => _folder.Dispose();

    private void Read()
    {
        switch (_kind)
        {
            case TrustRow:
                _ = new TrustFolder(_folder.FolderPath).Load(new List<string>());
                break;
            case Owner:
                _ = OwnerSettingsFile.Read(_folder.FolderPath);
                break;
            case LastIncarnation:
                // Reads, and refuses to go back; nothing is written.
                ReadIncarnation();
                break;
            case Key:
                MeshKeyFile.Load(_primitives, _folder["mesh.key"]).Dispose();
                break;
            case Holder:
                _ = StateFolder.Open(_folder.FolderPath).OwnerProcessId();
                break;
            default:
                StateFolder.Open(_folder.FolderPath).LoadIdentity(_primitives).Dispose();
                break;
        }
    }

    private void ReadIncarnation()
    {
        var store = new IncarnationStore(_folder["incarnation"], new ManualTimeProvider());
        try
        {
            store.Advance(0);
        }
        catch (ArgumentOutOfRangeException)
        {
            // 0 is never greater than the last one.
        }
    }
}
