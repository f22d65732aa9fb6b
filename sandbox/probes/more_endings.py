"""How a program can end, in the languages of the images `more` and `heavy`; see `endings.py`."""

from __future__ import annotations

from sandbox.probes.unlucky import Unlucky

_PYTHON_SPINS = "while True: pass\n"
_PYTHON_FLOODS = "while True: print('x' * 1000)\n"
_PYTHON_BROKEN = "def f(:\n"

MORE_UNLUCKY: dict[str, Unlucky] = {
    "pypy3": Unlucky(
        spins=_PYTHON_SPINS,
        hogs="a = []\nwhile True: a.append(bytearray(b'x') * (1 << 20))\n",
        floods=_PYTHON_FLOODS,
        crashes="print(1 // 0)\n",
        broken=_PYTHON_BROKEN,
    ),
    "python3_numpy": Unlucky(
        spins=_PYTHON_SPINS,
        hogs="import numpy\n\na = []\nwhile True: a.append(numpy.ones(1 << 17))\n",
        floods=_PYTHON_FLOODS,
        crashes="import numpy\n\nprint(numpy.ones(3)[4])\n",
        broken=_PYTHON_BROKEN,
    ),
    "perl": Unlucky(
        spins="while (1) {}\n",
        hogs="my @a; while (1) { push @a, chr(65 + @a % 26) x (1 << 20); }\n",
        floods='while (1) { print "x" x 1000, "\\n"; }\n',
        crashes='die "no";\n',
        broken="my $x = ;\n",
    ),
    "lua": Unlucky(
        spins="while true do end\n",
        hogs="local a = {}\nwhile true do a[#a + 1] = string.rep('x', 1 << 20) .. #a end\n",
        floods="while true do print(string.rep('x', 1000)) end\n",
        crashes="error('no')\n",
        broken="local = 1\n",
    ),
    "r": Unlucky(
        spins="repeat {}\n",
        hogs="a <- list()\nrepeat a[[length(a) + 1]] <- rep(1.5, 131072)\n",
        floods="line <- strrep('x', 1000)\nrepeat cat(line, '\\n')\n",
        crashes="stop('no')\n",
        broken="x <- (1\n",
    ),
    "pascal": Unlucky(
        spins="begin\n  while true do;\nend.\n",
        hogs="var p: pchar;\nbegin\n  while true do begin getmem(p, 1 shl 20); fillchar(p^, 1 shl 20, 1); end;\nend.\n",
        floods="begin\n  while true do writeln('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx');\nend.\n",
        crashes="begin\n  halt(3);\nend.\n",
        broken="begin\n  writeln(x);\nend.\n",
    ),
    "fortran": Unlucky(
        spins="program a\n  integer, volatile :: n\n  n = 0\n  do\n    n = 1 - n\n  end do\nend program\n",
        hogs=(
            "program a\n  type block\n    real(8), pointer :: x(:)\n  end type\n  type(block), allocatable :: all(:)\n  integer :: i\n"
            "  allocate (all(1000000))\n  do i = 1, 1000000\n    allocate (all(i)%x(131072))\n    all(i)%x = i\n  end do\n"
            "  print *, all(5)%x(7)\nend program\n"
        ),
        floods="program a\n  do\n    print '(a)', repeat('x', 1000)\n  end do\nend program\n",
        crashes="program a\n  error stop 3\nend program\n",
        broken="program a\n  implicit none\n  x = 1\nend program\n",
    ),
    "d": Unlucky(
        spins="void main() { import core.volatile; ulong n; for (;;) volatileStore(&n, n + 1); }\n",
        hogs="void main()\n{\n    ubyte[][] all;\n    for (;;) { auto b = new ubyte[1 << 20]; b[] = 1; all ~= b; }\n}\n",
        floods='import std.stdio;\nvoid main() { for (;;) writeln("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"); }\n',
        crashes='void main() { throw new Exception("no"); }\n',
        broken="void main() { x = 1; }\n",
    ),
    "nim": Unlucky(
        spins="var n {.volatile.} = 0\nwhile true: n = 1 - n\n",
        hogs=(
            "var all: seq[seq[int]]\nwhile true:\n  var b = newSeq[int](1 shl 17)\n"
            "  for i in 0 ..< b.len: b[i] = i\n  all.add(b)\n"
        ),
        floods='while true: echo "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"\n',
        crashes='raise newException(ValueError, "no")\n',
        broken="echo x\n",
    ),
    "ocaml": Unlucky(
        spins="let () = while true do () done\n",
        hogs="let all = ref []\nlet () = while true do all := Bytes.make (1 lsl 20) 'x' :: !all done\n",
        floods="let line = String.make 1000 'x'\nlet () = while true do print_endline line done\n",
        crashes='let () = failwith "no"\n',
        broken="let () = print_int x\n",
    ),
    "erlang": Unlucky(
        spins="-module(main).\n-export([main/0]).\nmain() -> main().\n",
        hogs=(
            "-module(main).\n-export([main/0]).\nmain() -> hog([], 0).\n"
            "hog(All, N) -> hog([binary:copy(<<N>>, 1048576) | All], (N + 1) rem 256).\n"
        ),
        floods=(
            "-module(main).\n-export([main/0]).\nmain() -> flood(lists:duplicate(10000, $x)).\n"
            'flood(Line) -> io:format("~s~n", [Line]), flood(Line).\n'
        ),
        crashes="-module(main).\n-export([main/0]).\nmain() -> error(no).\n",
        broken="-module(main).\n-export([main/0]).\nmain() -> X.\n",
    ),
    "elixir": Unlucky(
        spins="defmodule A do\n  def spin, do: spin()\nend\n\nA.spin()\n",
        hogs=(
            "defmodule A do\n  def hog(all, n), do: hog([:binary.copy(<<n>>, 1_048_576) | all], rem(n + 1, 256))\nend\n\nA.hog([], 0)\n"
        ),
        floods=(
            "defmodule A do\n  def flood(line) do\n    IO.puts(line)\n    flood(line)\n  end\nend\n\n"
            'A.flood(String.duplicate("x", 10000))\n'
        ),
        crashes='raise "no"\n',
        broken="IO.puts(1\n",
    ),
    "zig": Unlucky(
        spins="pub fn main() void {\n    var n: u64 = 0;\n    const p: *volatile u64 = &n;\n    while (true) p.* = 1;\n}\n",
        hogs=(
            'const std = @import("std");\npub fn main() !void {\n    while (true) {\n'
            "        const b = try std.heap.page_allocator.alloc(u8, 1 << 20);\n        const p: [*]volatile u8 = b.ptr;\n"
            "        for (0..b.len) |i| p[i] = 1;\n    }\n}\n"
        ),
        floods=(
            'const std = @import("std");\npub fn main() !void {\n'
            '    while (true) try std.io.getStdOut().writeAll("x" ** 1000 ++ "\\n");\n}\n'
        ),
        crashes="pub fn main() !void {\n    return error.No;\n}\n",
        broken="pub fn main() void {\n    x = 1;\n}\n",
    ),
    "ada": Unlucky(
        spins="procedure Main is\n   N : Integer := 0;\n   pragma Volatile (N);\nbegin\n   loop\n      N := 1 - N;\n   end loop;\nend Main;\n",
        hogs=(
            "procedure Main is\n   type Block is array (1 .. 131_072) of Long_Float;\n   type Link is access Block;\n   L : Link;\n"
            "   pragma Volatile (L);\nbegin\n   loop\n      L := new Block'(others => 1.5);\n   end loop;\nend Main;\n"
        ),
        floods=(
            "with Ada.Text_IO;\nprocedure Main is\nbegin\n   loop\n"
            '      Ada.Text_IO.Put_Line ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");\n   end loop;\nend Main;\n'
        ),
        crashes='procedure Main is\nbegin\n   raise Program_Error with "no";\nend Main;\n',
        broken="procedure Main is\nbegin\n   X := 1;\nend Main;\n",
    ),
    "commonlisp": Unlucky(
        spins="(loop)\n",
        hogs="(let ((all nil)) (loop (push (make-array 131072 :element-type '(unsigned-byte 64) :initial-element 7) all)))\n",
        floods="(loop (write-line (make-string 1000 :initial-element #\\x)))\n",
        crashes='(error "no")\n',
        broken="(print (+ 1 2)\n",
    ),
    "haskell": Unlucky(
        spins="main :: IO ()\nmain = spin 0\n\nspin :: Int -> IO ()\nspin n = if n < 0 then print n else spin ((n + 1) `mod` 1000)\n",
        hogs=(
            "import qualified Data.Map.Strict as M\n\nmain :: IO ()\nmain = go M.empty 0\n\ngo :: M.Map Int Int -> Int -> IO ()\n"
            "go m n = if M.member (-1) m then print n else go (M.insert n n m) (n + 1)\n"
        ),
        floods="main :: IO ()\nmain = mapM_ putStrLn (repeat (replicate 1000 'x'))\n",
        crashes='main :: IO ()\nmain = error "no"\n',
        broken="main :: IO ()\nmain = print x\n",
    ),
    "kotlin": Unlucky(
        spins="fun main() { while (true) {} }\n",
        hogs="fun main() { val all = ArrayList<ByteArray>(); while (true) all.add(ByteArray(1 shl 20)) }\n",
        floods='fun main() { val line = "x".repeat(1000); while (true) println(line) }\n',
        crashes='fun main() { throw Exception("no") }\n',
        broken="fun main() { println(x) }\n",
    ),
    "scala": Unlucky(
        spins="object Main { def main(args: Array[String]): Unit = { while (true) {} } }\n",
        hogs=(
            "object Main { def main(args: Array[String]): Unit = { var all = List[Array[Byte]]()\n"
            "  while (true) all = new Array[Byte](1 << 20) :: all } }\n"
        ),
        floods='object Main { def main(args: Array[String]): Unit = { val line = "x" * 1000; while (true) println(line) } }\n',
        crashes='object Main { def main(args: Array[String]): Unit = throw new Exception("no") }\n',
        broken="object Main { def main(args: Array[String]): Unit = println(x) }\n",
    ),
    "clojure": Unlucky(
        spins="(loop [] (recur))\n",
        hogs="(loop [all ()] (recur (conj all (byte-array 1048576))))\n",
        floods='(def line (apply str (repeat 1000 "x")))\n(while true (println line))\n',
        crashes='(throw (Exception. "no"))\n',
        broken="(println (+ 1 2)\n",
    ),
    "octave": Unlucky(
        spins="while true\nend\n",
        hogs="a = {};\nwhile true\n  a{end + 1} = ones(1, 131072) * numel(a);\nend\n",
        floods="line = repmat('x', 1, 1000);\nwhile true\n  puts([line \"\\n\"]);\nend\n",
        crashes="error('no')\n",
        broken="x = (1\n",
    ),
}
