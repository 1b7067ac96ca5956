using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>What a state holds while it is active: timed transitions, deferred events, work.</summary>
[TestFixture(Profile.Samek)]
[TestFixture(Profile.Scxml)]
public sealed class StateHoldingTests(Profile profile)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Signal Go = new("GO");
    private static readonly Signal Leave = new("LEAVE");
    private static readonly Signal<int> X = new("X");
    private static readonly Signal<int> Y = new("Y");
    private static readonly Signal<string> Done = new("DONE");
    private static readonly Signal<Exception> Failed = new("FAILED");

    private readonly ManualTimeProvider _time = new();
    private readonly Subject _subject = new();

    private string[] ExpectedOfDeferral => profile == Profile.Samek ?
    [
        "X:busy", "POST_DEFERRED:X", "X:busy:HOOK", "<- Queued:(3) Deferred:(1)",
        "X:busy", "POST_DEFERRED:X", "X:busy:HOOK", "<- Queued:(2) Deferred:(2)",
        "GO:busy", "SEARCH_FOR_SUPER_SIGNAL:ready", "SEARCH_FOR_SUPER_SIGNAL:busy", "EXIT_SIGNAL:busy",
        "RECALL:X", "RECALL:X", "ENTRY_SIGNAL:ready", "INIT_SIGNAL:ready", "<- Queued:(3) Deferred:(0)",
    ] :
    [
        "X:busy:HOOK", "POST_DEFERRED:X", "<- Queued:(3) Deferred:(1)",
        "X:busy:HOOK", "POST_DEFERRED:X", "<- Queued:(2) Deferred:(2)",
        "GO:busy", "EXIT_SIGNAL:busy", "RECALL:X", "RECALL:X", "ENTRY_SIGNAL:ready", "<- Queued:(3) Deferred:(0)",
    ];

    [Test]
    public void After_TakesTheTransition_WhenTheStateWasActiveForTheTime()
    {
        var host = Started(c =>
        {
            c.State("waiting").After(Second).Goto("late").State("inside");
            c.State("late");
        });

        Advance(host, 999);
        var isWaiting = host.IsIn("waiting");
        Advance(host, 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((isWaiting, host.StateName), Is.EqualTo((true, "late")));
            Assert.That(host.Spy(), Has.Member("after.waiting.1000ms:waiting"));
            Assert.That(_time.PendingTimerCount, Is.Zero);
        }
    }

    [Test]
    public void After_AsksForTheTimeAfterTheEntry_AndStartsAnewWhenTheStateIsEnteredAgain()
    {
        var host = Started(c =>
        {
            c.State("waiting").Entry(subject => subject.Wait += Second)
                .After("patience", subject => subject.Wait).Goto("late")
                .On(Go).Goto("waiting");
            c.State("late");
        });

        Advance(host, 900);
        Post(host, Go);
        Advance(host, 1_999);
        var before = host.StateName;
        Advance(host, 1);

        Assert.That((before, host.StateName), Is.EqualTo(("waiting", "late")));
    }

    [Test]
    public void After_IsForgotten_WhenTheStateIsLeftThoughTheTimerHasFired()
    {
        var host = Started(c =>
        {
            c.State("waiting").After(Second).Do(subject => subject.Log.Add("late")).Handled().On(Leave).Goto("away");
            c.State("away").On(Go).Goto("waiting");
        });

        host.PostFifo(Leave);
        _time.Advance(Second);
        var queued = host.QueuedCount;
        host.NextRtc();
        var left = host.QueuedCount;
        Post(host, Go);

        Assert.That((queued, left, _subject.Log.Count), Is.EqualTo((2, 0, 0)));
    }

    [Test]
    public void After_IsNotLost_WhenTheQueueIsFull()
    {
        var host = Started(
            c => c.State("s").After(Second).Do(subject => subject.Log.Add("fired")).Handled(), capacity: 1);
        host.PostFifo(Go);

        Advance(host, 1_000);

        Assert.That(_subject.Log, Is.EqualTo(["fired"]).AsCollection);
    }

    [Test]
    public void After_RunsAtOnce_WhenTheTimeIsZero_AndIsAFaultOfTheHandlerWhenNegative()
    {
        var host = Started(c =>
        {
            c.State("s").After(TimeSpan.Zero).Goto("t");
            c.State("t").After("bad", _ => -Second).Goto("s");
        });

        host.CompleteCircuit();

        var isFault = profile == Profile.Samek ? host.Fault is ArgumentException
            : host.StateName == "t" && host.Spy().Contains("RAISE:error.execution");
        Assert.That(isFault);
    }

    [Test]
    public void Stop_EndsTheTimersOfStates()
    {
        var host = Started(c => c.State("s").After(Second).Handled());

        host.Stop();

        Assert.That(_time.PendingTimerCount, Is.Zero);
    }

    // busy defers X; ready takes it
    [Test]
    public void Defer_GivesTheEventsBackInTheOrderOfArrivalBeforeWhatWaits_WhenTheStateIsLeft()
    {
        var host = Started(c =>
        {
            c.State("busy").Defer(X).On(Go).Goto("ready");
            Logging(c.State("ready"));
        });
        host.ClearSpy();
        foreach (var posted in new[] { X.With(1), X.With(2), Go, Y.With(3) })
        {
            host.PostFifo(posted);
        }

        host.CompleteCircuit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_subject.Log, Is.EqualTo(["X1", "X2", "Y3"]).AsCollection);
            Assert.That(host.Spy().Take(ExpectedOfDeferral.Length), Is.EqualTo(ExpectedOfDeferral).AsCollection);
        }
    }

    // outer defers Y, inner defers X; second defers X again
    [Test]
    public void Defer_KeepsThePlaceOfAnEvent_WhenItIsDeferredAgain()
    {
        var host = Started(c =>
        {
            var outer = c.State("outer").Defer(Y).On(Leave).Goto("ready");
            outer.State("inner").Defer(X).On(Go).Goto("second");
            outer.State("second").Defer(X);
            Logging(c.State("ready"));
            c.Start("inner");
        });
        foreach (var posted in new[] { X.With(1), Y.With(2), X.With(3), Go, X.With(4), Leave, Y.With(5) })
        {
            host.PostFifo(posted);
        }

        host.CompleteCircuit();

        Assert.That(_subject.Log, Is.EqualTo(["X1", "Y2", "X3", "X4", "Y5"]).AsCollection);
    }

    [Test]
    public void Defer_IsNotAsked_WhenAStateInsideTakesTheEvent()
    {
        var host = Started(c =>
        {
            var outer = c.State("outer").Defer(X).On(Go).Goto("ready");
            Logging(outer.State("inner"));
            Logging(c.State("ready"));
            c.Start("inner");
        });

        Post(host, X.With(1));
        Post(host, Go);

        Assert.That((_subject.Log, host.DeferredCount), Is.EqualTo((new[] { "X1" }, 0)));
    }

    [Test]
    public void Defer_StandsBesideTheExplicitOne_AndThrowsAwayWhatThereIsNoRoomFor()
    {
        var host = Started(
            c =>
            {
                c.State("busy").Defer(X).On(Go).Goto("ready");
                Logging(c.State("ready"));
            },
            capacity: 2);

        host.Defer(Y.With(9));
        Post(host, X.With(1));
        Post(host, X.With(2));
        var deferred = host.DeferredCount;
        Post(host, Go);
        host.Recall();
        host.CompleteCircuit();

        Assert.That((deferred, host.DroppedCount, string.Join(' ', _subject.Log)), Is.EqualTo((2, 1, "X1 Y9")));
    }

    [Test]
    public void Work_ComesBackAsAnEvent_WhenItIsDone()
    {
        var source = new TaskCompletionSource<string>();
        var host = Started(Working(source));

        var before = host.QueuedCount;
        source.SetResult("bread");
        host.CompleteCircuit();

        Assert.That((before, string.Join(' ', _subject.Log)), Is.EqualTo((0, "bread")));
    }

    [Test]
    public void Work_ComesBackAsAFailure_WhenItThrows([Values] bool isCancelled)
    {
        var source = new TaskCompletionSource<string>();
        var host = Started(Working(source));

        if (isCancelled)
        {
            source.SetCanceled();
        }
        else
        {
            source.SetException(new FormatException());
        }

        host.CompleteCircuit();

        Assert.That(_subject.Log.Single(), Is.EqualTo(isCancelled ? "TaskCanceledException" : "FormatException"));
    }

    [Test]
    public void Work_IsCancelledAndSilent_WhenTheStateIsLeft([Values] bool isDoneBefore)
    {
        var source = new TaskCompletionSource<string>();
        var host = Started(Working(source));
        var token = _subject.Token;
        host.PostFifo(Leave);

        if (isDoneBefore)
        {
            source.SetResult("stale");
        }

        host.CompleteCircuit();
        source.TrySetResult("late");
        host.CompleteCircuit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((host.StateName, _subject.Log.Count), Is.EqualTo(("away", 0)));
            Assert.That(token.IsCancellationRequested, Is.Not.EqualTo(isDoneBefore), "what is done is not cancelled");
        }
    }

    [Test]
    public void Work_IsCancelled_WhenTheChartEnds()
    {
        var source = new TaskCompletionSource<string>();
        var host = Started(Working(source));

        host.Stop();
        source.SetResult("late");

        Assert.That((_subject.Token.IsCancellationRequested, host.QueuedCount), Is.EqualTo((true, 0)));
    }

    [Test]
    public void Work_OfTheSecondEntryAloneCounts_WhenTheStateWasEnteredAgain()
    {
        var sources = new[] { new TaskCompletionSource<string>(), new TaskCompletionSource<string>() };
        var count = 0;
        var host = Started(c => Logging(c.State("s")
            .Work((_, _) => sources[count++].Task, Done, Failed)
            .On(Go).Goto("s")));
        Post(host, Go);

        sources[0].SetResult("first");
        sources[1].SetResult("second");
        host.CompleteCircuit();

        Assert.That(_subject.Log, Is.EqualTo(["second"]).AsCollection);
    }

    private static Action<ChartBuilder<Subject>> Working(TaskCompletionSource<string> source) => c =>
    {
        Logging(c.State("working").Work(
            (subject, token) =>
            {
                subject.Token = token;
                return source.Task;
            },
            Done,
            Failed).On(Leave).Goto("away"));
        Logging(c.State("away"));
    };

    private static void Logging(StateBuilder<Subject> state) => state
        .On(X).Do((subject, number) => subject.Log.Add($"X{number}")).Handled()
        .On(Y).Do((subject, number) => subject.Log.Add($"Y{number}")).Handled()
        .On(Done).Do((subject, text) => subject.Log.Add(text)).Handled()
        .On(Failed).Do((subject, failure) => subject.Log.Add(failure.GetType().Name)).Handled();

    private static void Post(ChartHost<Subject> host, Event posted)
    {
        host.PostFifo(posted);
        host.CompleteCircuit();
    }

    private void Advance(ChartHost<Subject> host, int milliseconds)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        host.CompleteCircuit();
    }

    private ChartHost<Subject> Started(Action<ChartBuilder<Subject>> define, int capacity = 100)
    {
        var options = new HostOptions { Name = "chart", QueueCapacity = capacity };
        var chart = Chart.Define<Subject>("chart", c =>
        {
            c.Profile(profile);
            define(c);
        });
        var host = new ChartHost<Subject>(chart, _subject, _time, options);
        host.Start();
        return host;
    }

    private sealed class Subject
    {
        public List<string> Log { get; } = [];

        public TimeSpan Wait { get; set; }

        public CancellationToken Token { get; set; }
    }
}
