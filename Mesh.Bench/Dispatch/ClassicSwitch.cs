namespace Mesh.Bench.Dispatch;

/// <summary>The classic chart as a person would write it by hand for speed: two settled states, one switch
/// each.</summary>
/// <remarks>The baseline of the dispatch benchmark; it does the same additions in the same order.</remarks>
internal sealed class ClassicSwitch(ClassicCounter counter)
{
    private const int ExitS11 = 9;
    private const int ExitS1 = 5;
    private const int ExitS211 = 17;
    private const int ExitS21 = 14;
    private const int ExitS2 = 11;

    private bool _isInS211;

    public void Start()
    {
        Add(1);
        Add(10);
        Add(12);
        EnterS211();
    }

    public void Dispatch(int signal)
    {
        if (_isInS211)
        {
            DispatchInS211(signal);
        }
        else
        {
            DispatchInS11(signal);
        }
    }

    private void DispatchInS11(int signal)
    {
        switch (signal)
        {
            case 0:
                LeaveS1();
                EnterS1AndInit();
                break;
            case 1:
                Add(ExitS11);
                Add(8);
                break;
            case 2:
                LeaveS1();
                Add(10);
                Add(12);
                EnterS211();
                break;
            case 3 when counter.Foo:
                counter.Foo = false;
                Add(ExitS11);
                Add(6);
                Add(8);
                break;
            case 3:
                counter.Foo = true;
                LeaveS1();
                Add(3);
                EnterS11();
                break;
            case 4:
                LeaveS1();
                EnterS11();
                break;
            case 5 or 6:
                LeaveS1();
                Add(10);
                EnterS211();
                break;
            case 7:
                LeaveS1();
                Add(3);
                EnterS11();
                break;
            case 8:
                Add(7);
                break;
        }
    }

    private void DispatchInS211(int signal)
    {
        switch (signal)
        {
            case 0:
                Add(ExitS211);
                Add(ExitS21);
                Add(13);
                Add(15);
                Add(16);
                break;
            case 1:
                Add(ExitS211);
                Add(16);
                break;
            case 2 or 6:
                LeaveS2();
                EnterS1AndInit();
                break;
            case 3:
                Add(ExitS211);
                Add(15);
                Add(16);
                break;
            case 4 or 5:
                LeaveS2();
                EnterS11();
                break;
            case 7:
                LeaveS2();
                Add(3);
                EnterS11();
                break;
            case 8:
                counter.Foo = !counter.Foo;
                break;
        }
    }

    private void LeaveS1()
    {
        Add(ExitS11);
        Add(ExitS1);
    }

    private void LeaveS2()
    {
        Add(ExitS211);
        Add(ExitS21);
        Add(ExitS2);
    }

    private void EnterS1AndInit()
    {
        Add(4);
        Add(6);
        Add(8);
        _isInS211 = false;
    }

    private void EnterS11()
    {
        Add(4);
        Add(8);
        _isInS211 = false;
    }

    private void EnterS211()
    {
        Add(13);
        Add(16);
        _isInS211 = true;
    }

    private void Add(int number) => counter.Sum += number;
}
