using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>Work that handlers start: its result is an event, and leaving the state ends it.</summary>
public sealed class HandlerWorkTests
{
    private static readonly Signal Begin = new("BEGIN");
    private static readonly Signal Again = new("AGAIN");
    private static readonly Signal Leave = new("LEAVE");
    private static readonly Signal Inside = new("INSIDE");
    private static readonly Signal<string> Done = new("DONE");
    private static readonly Signal<Exception> Failed = new("FAILED");

    private readonly ManualTimeProvider _time = new();
    private readonly Job _job = new();

    [Test]
    public void StartWork_BringsTheResultAsAnEvent([Values] Profile profile, [Values] bool isAtOnce)
    {
        var host = Started(profile, isAtOnce ? "outer" : null);
        if (isAtOnce)
        {
            _job.Source.SetResult("bread");
        }

        Post(host, Begin);
        var before = _job.Log.Count;
        _job.Source.TrySetResult("bread");
        host.CompleteCircuit();

        Assert.That((before, string.Join(' ', _job.Log)), Is.EqualTo((isAtOnce ? 1 : 0, "bread")));
    }

    [Test]
    public void StartWork_BringsTheFailureAsAnEvent([Values] Profile profile, [Values] bool isThrownAtOnce)
    {
        var host = Started(profile);
        _job.IsThrowing = isThrownAtOnce;

        Post(host, Begin);
        if (!isThrownAtOnce)
        {
            _job.Source.SetException(new FormatException());
        }

        host.CompleteCircuit();

        Assert.That(_job.Log.Single(), Is.EqualTo("FormatException"));
    }

    [Test]
    public void StartWork_CostsLaterStepsNothing_WhenItsResultRanOrItWasCancelled(
        [Values] Profile profile, [Values] bool isCancelled)
    {
        var host = new ChartHost<Job>(
            Define(profile, null), _job, _time, new HostOptions { IsInstrumented = false });
        host.Start();
        Post(host, Begin);
        if (!isCancelled)
        {
            _job.Source.SetResult("bread");
        }

        var allocated = AllocatedBytes.Of(() => Post(host, Again));

        Assert.That((allocated, host.StateName), Is.EqualTo((0, "inner")));
    }

    // The handler is that of inner; leaving inner, or outer when that was named, ends it.
    [TestCase(Profile.Samek, null, "INSIDE", ExpectedResult = "")]
    [TestCase(Profile.Samek, "outer", "INSIDE", ExpectedResult = "bread")]
    [TestCase(Profile.Samek, "outer", "LEAVE", ExpectedResult = "")]
    [TestCase(Profile.Scxml, null, "INSIDE", ExpectedResult = "")]
    [TestCase(Profile.Scxml, "outer", "INSIDE", ExpectedResult = "bread")]
    [TestCase(Profile.Scxml, "outer", "LEAVE", ExpectedResult = "")]
    public string StartWork_EndsWithTheStateThatItBelongsTo(Profile profile, string? state, string then)
    {
        var host = Started(profile, state);
        Post(host, Begin);

        Post(host, new Signal(then));
        var isCancelled = _job.Token.IsCancellationRequested;
        _job.Source.SetResult("bread");
        host.CompleteCircuit();

        Assert.That(isCancelled, Is.EqualTo(_job.Log.Count == 0));
        return string.Join(' ', _job.Log);
    }

    [Test]
    public void StartWork_TellsNothing_WhenTheResultWaitsAsTheStateIsLeft([Values] Profile profile)
    {
        var host = Started(profile);
        Post(host, Begin);
        host.PostFifo(Inside);
        _job.Source.SetResult("stale");
        var queued = host.QueuedCount;

        host.CompleteCircuit();

        Assert.That((queued, _job.Log.Count), Is.EqualTo((2, 0)));
        Assert.That(_job.Token.IsCancellationRequested, Is.False, "what is done is not cancelled");
    }

    // AGAIN leaves inner and enters it again, whose entry starts work.
    [Test]
    public void StartWork_OfTheEntryStays_WhenTheSameStepLeftTheStateBefore([Values] Profile profile)
    {
        var host = Started(profile);
        _job.IsStartedByEntry = true;
        var first = _job.Source;

        Post(host, Again);
        _job.Source = new TaskCompletionSource<string>();
        Post(host, Again);
        first.SetResult("first");
        _job.Source.SetResult("second");
        host.CompleteCircuit();

        Assert.That(_job.Log, Is.EqualTo(["second"]).AsCollection);
    }

    [Test]
    public void StartWork_EndsWhenItsStateIsLeftAndNotBefore_InRandomCharts([Values] Profile profile)
    {
        var (started, cancelled, delivered) = (0, 0, 0);
        for (var seed = 1; seed <= 300; seed++)
        {
            var tree = WorkTree.Run(seed, profile, events: 30);
            Assert.That(tree.Fault, Is.Null, $"seed {seed}");
            started += tree.StartedCount;
            cancelled += tree.CancelledCount;
            delivered += tree.DeliveredCount;
        }

        TestContext.Out.WriteLine($"{started} started, {cancelled} cancelled, {delivered} delivered");
        Assert.That(Math.Min(cancelled, delivered), Is.GreaterThan(1_000));
    }

    // The entry is a later call of the start than the exit is of its step.
    [Test]
    public void StartWork_EndsWithItsState_WhenTheStartOfTheChartBeganIt([Values] Profile profile)
    {
        var chart = Chart.Define<Job>("job", c =>
        {
            c.Profile(profile).Start("deep");
            var deep = c.State("a").State("b").State("c").State("deep");
            Listening(deep).Entry((job, face) => job.Start(face, null)).On(Leave).Goto("end");
            Listening(c.State("end"));
        });
        var host = Started(chart);

        Post(host, Leave);

        Assert.That((host.StateName, _job.Token.IsCancellationRequested), Is.EqualTo(("end", true)));
    }

    [Test]
    public void StartWork_BelongsToTheStateAroundBoth_WhenAnEffectOfTheScxmlProfileStartsIt()
    {
        var chart = Chart.Define<Job>("job", c =>
        {
            c.Profile(Profile.Scxml);
            var outer = Listening(c.State("outer"));
            outer.On(Leave).Goto("end");
            outer.State("a").On(Begin).Do((job, face) => job.Start(face, null)).Goto("b");
            outer.State("b").On(Inside).Goto("a");
            Listening(c.State("end"));
        });
        var host = Started(chart);
        Post(host, Begin);
        Post(host, Inside);
        var inside = _job.Token.IsCancellationRequested;

        Post(host, Leave);

        Assert.That((inside, _job.Token.IsCancellationRequested), Is.EqualTo((false, true)));
    }

    [Test]
    public void StartWork_EndsAtOnce_WhenAnEffectOfTheSamekProfileStartsItForWhatItLeaves()
    {
        var chart = Chart.Define<Job>("job", c =>
        {
            Listening(c.State("a")).On(Begin).Do((job, face) => job.Start(face, null)).Goto("b");
            Listening(c.State("b"));
        });
        var host = Started(chart);

        Post(host, Begin);
        _job.Source.SetResult("late");
        host.CompleteCircuit();

        Assert.That((_job.Token.IsCancellationRequested, _job.Log.Count), Is.EqualTo((true, 0)));
    }

    [Test]
    public void StartWork_Throws_WhenTheStateIsNotAroundOrNoHandlerRuns([Values] Profile profile)
    {
        var host = Started(profile, "end");

        Assert.That(
            () => host.StartWork(_ => Task.FromResult("x"), Done, Failed), Throws.InvalidOperationException);
        Post(host, Begin);

        Assert.That(
            profile == Profile.Samek ? host.Fault is ArgumentException : host.Spy().Contains("RAISE:error.execution"));
    }

    [Test, CancelAfter(10_000)]
    public async Task DisposeAsync_WaitsForCancelledWork_ButNotLongerThanItsPatience(
        CancellationToken cancellationToken)
    {
        var heeding = new ActiveObject<Job>(Define(Profile.Samek, null), _job, _time);
        heeding.Start();
        heeding.PostFifo(Begin);
        await heeding.WhenIdleAsync(cancellationToken);
        var disposal = heeding.DisposeAsync().AsTask();
        var wasWaiting = !disposal.IsCompleted;
        _job.Source.SetCanceled(CancellationToken.None);
        await disposal.WaitAsync(cancellationToken);

        _job.Source = new TaskCompletionSource<string>();
        var deaf = new ActiveObject<Job>(Define(Profile.Samek, null), _job, _time);
        deaf.Start();
        deaf.PostFifo(Begin);
        await deaf.WhenIdleAsync(cancellationToken);
        var end = deaf.DisposeAsync().AsTask();
        await _time.AdvanceToNextTimerAsync(cancellationToken);
        await end.WaitAsync(cancellationToken);

        Assert.That((wasWaiting, _time.GetTimestamp()), Is.EqualTo((true, TimeSpan.FromSeconds(5).Ticks)));
        Assert.That(_job.Log, Is.Empty);
    }

    private static Chart<Job> Define(Profile profile, string? state) => Chart.Define<Job>("job", c =>
    {
        c.Profile(profile).Start("inner");
        var outer = c.State("outer");
        outer.On(Leave).Goto("end");
        var inner = Listening(outer.State("inner"));
        inner.Entry((job, face) => job.StartByEntry(face));
        inner.On(Begin).Do((job, face) => job.Start(face, state)).Handled();
        inner.On(Again).Goto("inner");
        inner.On(Inside).Goto("other");
        Listening(outer.State("other"));
        Listening(c.State("end"));
    });

    private static StateBuilder<Job> Listening(StateBuilder<Job> state)
    {
        state.On(Done).Do((job, text) => job.Log.Add(text)).Handled();
        state.On(Failed).Do((job, failure) => job.Log.Add(failure.GetType().Name)).Handled();
        return state;
    }

    private static void Post(ChartHost<Job> host, Event posted)
    {
        host.PostFifo(posted);
        host.CompleteCircuit();
    }

    private ChartHost<Job> Started(Profile profile, string? state = null) => Started(Define(profile, state));

    private ChartHost<Job> Started(Chart<Job> chart)
    {
        var host = new ChartHost<Job>(chart, _job, _time);
        host.Start();
        return host;
    }

    private sealed class Job
    {
        public TaskCompletionSource<string> Source { get; set; } = new();

        public CancellationToken Token { get; private set; }

        public bool IsThrowing { get; set; }

        public bool IsStartedByEntry { get; set; }

        public List<string> Log { get; } = [];

        public void StartByEntry(IChart chart)
        {
            if (IsStartedByEntry)
            {
                Start(chart, null);
            }
        }

        public void Start(IChart chart, string? state) => chart.StartWork(
            token =>
            {
                Token = token;
                return IsThrowing ? throw new FormatException() : Source.Task;
            },
            Done,
            Failed,
            state);
    }
}
