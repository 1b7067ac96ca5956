namespace Mesh.Bench.Dispatch;

/// <summary>The chart of three regions as a person would write it by hand for speed: a number and a switch for each
/// region.</summary>
/// <remarks>It does the same additions; a state with the number n adds n at its entry and n + 1 at its exit.</remarks>
internal sealed class RegionsSwitch(ClassicCounter counter)
{
    private const int Stopped = 6;
    private const int Playing = 8;
    private const int Paused = 10;
    private const int Low = 14;
    private const int High = 16;
    private const int Dark = 20;
    private const int Dim = 22;
    private const int Bright = 24;

    private int _transport;
    private int _volume;
    private int _light;

    public void Start() => EnterAll();

    public void Dispatch(int signal)
    {
        switch (signal)
        {
            case 0:
                OnA();
                break;
            case 1:
                OnB();
                break;
            case 2:
                Go(ref _volume, _volume == Low ? High : Low, _volume == Low ? 0 : 52);
                break;
            case 3:
                OnD();
                break;
            case 4:
                Reset();
                break;
        }
    }

    private void OnA()
    {
        if (_transport != Paused)
        {
            Go(ref _transport, _transport == Stopped ? Playing : Stopped, _transport == Stopped ? 50 : 0);
        }

        if (_light == Bright)
        {
            Go(ref _light, Dim, 0);
        }
    }

    private void OnB()
    {
        if (_transport != Stopped)
        {
            Go(ref _transport, _transport == Playing ? Paused : Playing, _transport == Playing ? 0 : 51);
        }
    }

    private void OnD()
    {
        switch (_light)
        {
            case Dark:
                Go(ref _light, Dim, 0);
                break;
            case Dim:
                Go(ref _light, Bright, 53);
                break;
            default:
                counter.Sum += 54;
                break;
        }
    }

    private void Go(ref int region, int target, int effect)
    {
        counter.Sum += region + 1;
        counter.Sum += effect;
        counter.Sum += target;
        region = target;
    }

    private void Reset()
    {
        counter.Sum += _light + 1;
        counter.Sum += 19;
        counter.Sum += _volume + 1;
        counter.Sum += 13;
        counter.Sum += _transport + 1;
        counter.Sum += 5;
        counter.Sum += 2;
        counter.Sum += 3;
        EnterAll();
    }

    private void EnterAll()
    {
        counter.Sum += 1;
        counter.Sum += 4;
        counter.Sum += _transport = Stopped;
        counter.Sum += 12;
        counter.Sum += _volume = Low;
        counter.Sum += 18;
        counter.Sum += _light = Dark;
    }
}
