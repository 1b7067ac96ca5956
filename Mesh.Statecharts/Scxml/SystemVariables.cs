using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>The variables that SCXML has names for; nobody assigns them.</summary>
internal sealed class SystemVariables(string chartName, string sessionId)
{
    private readonly DataValue _processors = Processors(ScxmlNames.SessionTarget + sessionId);
    private Event _event;
    private EventOrigin _origin;
    private string? _sendId;
    private DataValue _described;

    /// <summary>Whether this is the name of one.</summary>
    public static bool Contains(string name) => name is "_event" or "_sessionid" or "_name" or "_ioprocessors" or "_x";

    /// <summary>Keeps the event that runs; without one the last stays.</summary>
    public void See(IChart chart)
    {
        var current = chart.CurrentEvent;
        if (current.Signal is null)
        {
            return;
        }

        var (origin, sendId) = (chart.CurrentOrigin, chart.CurrentSendId);
        if (current.Signal != _event.Signal || !ReferenceEquals(current.Payload, _event.Payload)
            || origin != _origin || sendId != _sendId)
        {
            (_event, _origin, _sendId, _described) = (current, origin, sendId, default);
        }
    }

    /// <summary>The value of a variable; false when there is none of this name.</summary>
    public bool TryRead(string name, IChart chart, out DataValue value)
    {
        value = name switch
        {
            "_event" => Current(),
            "_sessionid" => DataValue.Of(sessionId),
            "_name" => DataValue.Of(chartName),
            "_ioprocessors" => _processors,
            "_x" => DataValue.Of([KeyValuePair.Create("chart", DataValue.Of(chart.Name))]),
            _ => default,
        };
        return Contains(name);
    }

    private static DataValue Processors(string location)
    {
        var processor = DataValue.Of([KeyValuePair.Create("location", DataValue.Of(location))]);
        return DataValue.Of(
        [
            KeyValuePair.Create("scxml", processor),
            KeyValuePair.Create(ScxmlNames.EventProcessor, processor),
        ]);
    }

    private DataValue Current()
    {
        if (_described.Kind == DataKind.Null && _event.Signal is not null)
        {
            var isExternal = _origin == EventOrigin.External;
            _described = DataValue.Of(
            [
                KeyValuePair.Create("name", DataValue.Of(_event.Signal.Name)),
                KeyValuePair.Create("type", DataValue.Of(_origin switch
                {
                    EventOrigin.Platform => "platform",
                    EventOrigin.Internal => "internal",
                    _ => "external",
                })),
                KeyValuePair.Create("sendid", DataValue.OfPayload(_sendId)),
                KeyValuePair.Create("origin", DataValue.OfPayload(isExternal ? Origin : null)),
                KeyValuePair.Create("origintype", DataValue.OfPayload(isExternal ? ScxmlNames.EventProcessor : null)),
                KeyValuePair.Create("invokeid", DataValue.Null),
                KeyValuePair.Create("data", DataValue.OfPayload(_event.Payload)),
            ]);
        }

        return _described;
    }

    private string Origin => ScxmlNames.SessionTarget + sessionId;
}
