using System.Buffers;
using Mesh.Statecharts.Expressions;
using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Scxml;

/// <content>The data in a snapshot.</content>
/// <remarks>
/// <code>
/// data = is-ready last-send-id session-id [name json ..] [initialised state ..]
/// </code>
/// </remarks>
public sealed partial class ScxmlMemory
{
    internal void WriteTo(IBufferWriter<byte> output)
    {
        var writer = new SnapshotWriter(output);
        writer.Number(_isReady ? 1 : 0);
        writer.Number(_lastSendId);
        writer.Text(SessionId);
        writer.All(_values, static (to, pair) =>
        {
            to.Text(pair.Key);
            to.Text(PayloadForm.JsonOf(pair.Value));
        });
        writer.All(_initialised, static (to, state) => to.Text(state.Id));
    }

    // Nothing changes unless all of it fits.
    internal bool TryRead(ReadOnlySpan<byte> bytes)
    {
        var reader = new SnapshotReader(bytes);
        var isReady = reader.Int(1) == 1;
        var lastSendId = reader.Number();
        var sessionId = reader.Text();
        var values = reader.All(DataLimits.MaxValueCount, ReadValue);
        var initialised = reader.All(int.MaxValue, ReadText);
        if (reader.IsDamaged || !reader.IsAtEnd || sessionId.Length == 0
            || !initialised.TrueForAll(_file.States.ContainsKey)
            || values.Exists(pair => SystemVariables.Contains(pair.Key)))
        {
            return false;
        }

        _isReady = isReady;
        _lastSendId = lastSendId;
        SessionId = sessionId;
        _system = new SystemVariables(_file.Chart.Name, sessionId);
        _values.Clear();
        _initialised.Clear();
        values.ForEach(pair => _values[pair.Key] = pair.Value);
        initialised.ForEach(id => _initialised.Add(_file.States[id]));
        return true;
    }

    private static string ReadText(ref SnapshotReader reader) => reader.Text();

    private static KeyValuePair<string, DataValue> ReadValue(ref SnapshotReader reader)
    {
        var name = reader.Text();
        if (!DataValue.TryParseJson(reader.Text(), out var value))
        {
            reader.Damage();
        }

        return KeyValuePair.Create(name, value);
    }
}
