using Mesh.Core.Wire.Records;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>The records of an opened frame, read one after another.</summary>
internal sealed class RecordsTarget : IFuzzTarget
{
    private readonly ChartStepTable _table = new();
    private byte[] _plaintext = [];
    private uint _count;
    private int _read;
    private RecordRefusal _refusal;

    public string Name => "records";

    public IReadOnlyList<byte[]> MakeCorpus(Random random)
    {
        using var publisher = new FuzzPublisher();
        return [.. publisher.Plaintexts, .. FrameLab.RandomPlaintexts(random)];
    }

    public void Prepare(byte[] input)
    {
        _plaintext = input;
        _count = FuzzPublisher.CountOf(input);
    }

    public void Run()
    {
        _read = 0;
        var reader = new RecordReader(_plaintext, _count, _table);
        while (reader.TryRead(out _))
        {
            _read++;
        }

        _refusal = reader.Refusal;
    }

    // All of the records, or a reason; what trails behind the last one is seen after it.
    public string? Check() => _refusal == RecordRefusal.None && _read != _count
        ? $"{_read} of {_count} records and no refusal"
        : null;

    public void Dispose()
    {
        // Holds nothing.
    }
}
