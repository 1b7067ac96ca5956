using System.Globalization;
using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Plays the scripts of <see cref="OracleChart"/> on the engine under test.</summary>
internal sealed class EngineChart
{
    private const int TickMs = 10;

    private readonly CaseHost _host;
    private readonly BoundContext _context = new();
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _live = [];
    private readonly ChartHost<BoundContext> _chart;

    private EngineChart(ChartCase chartCase, Chart<BoundContext> chart, bool isInstrumented)
    {
        _host = chartCase.Host;
        _chart = new ChartHost<BoundContext>(chart, _context, _time, new HostOptions
        {
            Name = chartCase.Chart.Name,
            HasQueues = _host != CaseHost.Processor,
            IsInstrumented = isInstrumented,
            Bus = new EventBus(),
        });
        _chart.RegisterLiveSpyCallback(line => _live.Add($"S {line}"));
        _chart.RegisterLiveTraceCallback(text => _live.Add($"T {Stamps.Hide(text)}"));
        _chart.LiveSpy = true;
        _chart.LiveTrace = true;
    }

    /// <summary>Runs a whole script; the words are those of <see cref="OracleChart.Run"/>.</summary>
    public static OracleRun Run(ChartCase chartCase, bool isInstrumented = true, bool isMethods = false)
    {
        var bound = isMethods ? MethodBinder.Bind(chartCase.Chart) : SpecBinder.Bind(chartCase.Chart);
        var engine = new EngineChart(chartCase, bound, isInstrumented);
        foreach (var line in chartCase.Script)
        {
            engine.Perform(line);
        }

        var chart = engine._chart;
        var trace = Stamps.Strip(chart.Trace());
        return new OracleRun(chart.StateName, chart.Spy(), trace, engine._live, engine._context.Memory.Variables);
    }

    private void Perform(string line)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "start":
                Start(words[1]);
                break;
            case "post":
                _chart.PostFifo(SpecSignals.Of(words[1]));
                break;
            case "step":
                _chart.NextRtc();
                break;
            case "drain":
                _chart.CompleteCircuit();
                break;
            case "wait":
                Wait(int.Parse(words[1], CultureInfo.InvariantCulture));
                break;
            case "clear-spy":
                _chart.ClearSpy();
                break;
            case "clear-trace":
                _chart.ClearTrace();
                break;
            default:
                PerformFromOutside(line);
                break;
        }
    }

    private void PerformFromOutside(string line)
    {
        if (SpecAction.IsAction(line))
        {
            _context.Run([SpecAction.Parse(line)], _chart, OracleProcessor.Top);
        }
        else if (_host == CaseHost.Processor)
        {
            _chart.Dispatch(SpecSignals.Of(line));
        }
        else
        {
            _chart.PostFifo(SpecSignals.Of(line));
            RunWhatIsQueued();
        }
    }

    private void Start(string state)
    {
        _chart.Start(state);
        if (_host == CaseHost.Active)
        {
            _chart.CompleteCircuit();
        }
    }

    private void RunWhatIsQueued()
    {
        if (_host == CaseHost.Active)
        {
            _chart.CompleteCircuit();
        }
        else
        {
            _chart.NextRtc();
        }
    }

    // The manual clock fires into the queue; an active object would run each event before the next is due.
    private void Wait(int milliseconds)
    {
        _chart.CompleteCircuit();
        for (var passed = 0; passed < milliseconds; passed += TickMs)
        {
            _time.Advance(TimeSpan.FromMilliseconds(TickMs));
            _chart.CompleteCircuit();
        }
    }
}
