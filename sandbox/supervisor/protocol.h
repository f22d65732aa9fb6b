/* The language spoken over the attached stream. The same numbers stand in sandbox/protocol.py; a test compares the two.
 *
 * Every message is a frame: u32 length, then that many bytes, the first of which names the kind. All numbers are
 * little-endian. A string is u16 length and its bytes. Requests may be pipelined; each gets exactly one reply, in order.
 *
 *   request                                                     reply
 *   PING   -                                                    READY  u32 version, u32 cores, u8 cgroup (0, 1, 2)
 *   PRELOAD  u16 argc, u16 envc, argc strings, envc strings     DONE   -
 *   FILE   string path, u32 size, bytes                         DONE   -
 *   COMPILE, RUN  (the order below)                             ENDED  (the report below)
 *   KEEP, DROP  -                                               DONE   -
 *   FETCH  u32 most                                            PROGRAM for each file and folder of PROGRAM_DIR: string path,
 *                                                                      u32 size, bytes; FOLDER and no bytes for a folder
 *   BRING  string path, u32 size or FOLDER, bytes               DONE   -
 *   GIVE   string name, u32 size, bytes                         DONE   -
 *   PLACE  u32 uid, string path, u32 size, bytes                DONE   -
 *   CHECK  u8 how, (the order), u16 number, strings           CHECKED (the report), u16 number, for each: string name,
 *                                                                      u64 size, u32 kept, bytes
 *   any of them                                                 FAILED u32 errno, string what
 *
 * While a program of COMPILE, RUN or CHECK runs, ALIVE comes every few seconds before the reply.
 *
 * A CHECK that is to TALK answers its CHECKED when the program has ended. Until then its standard input and output are pipes,
 * and these go to and fro; those that come after the end are ignored:
 *   HEAR   bytes     for the program to read; at most WINDOW bytes more than TOOK has said
 *   CLOSE  -         the program is to find the end of its input after what it was given
 *   MORE   u32       that many bytes more may be SAID
 *   PULSE  -         answered with ALIVE
 *   STOP   -         the program is ended as if its wall-clock time were used up
 *                                                               SAID   bytes that the program wrote; at most WINDOW more than
 *                                                                      MORE has said, but for the rest when it has ended;
 *                                                                      none: it has closed its output
 *                                                               TOOK   u32 so many bytes were read, or can be read by nobody;
 *                                                                      told when they are a quarter of WINDOW or more
 *                                                               ALIVE  u64 microseconds that it was busy or kept waiting for
 *                                                                      a processor
 *
 * COMPILE, RUN and CHECK: u32 uid, u32 cpu_ms, u32 wall_ms, u64 memory_bytes, u64 output_bytes, u64 file_bytes, u32 processes,
 *   u8 preloaded, u16 argc, u16 envc, argc strings, envc strings, u32 stdin_size, bytes. (CHECK's names come before stdin_size.)
 * ENDED and CHECKED: u32 wait_status, u32 flags, u32 exec_errno, u32 oom_kills, u64 wall_us, u64 rusage_cpu_us, u64 cgroup_cpu_us,
 *   u64 process_peak_kib, u64 total_peak_kib, u64 stdout_size, u64 stderr_size, u32 stdout_kept, bytes, u32 stderr_kept, bytes.
 *
 * PRELOAD starts an interpreter by the command of a RUN, in a box that no file has come to yet; later ones do nothing. An order that
 * says `preloaded` is carried out by it where it can: the same command and environment, or a program given as text after -c.
 *
 * COMPILE runs in BUILD_DIR and keeps what is left there; KEEP then copies it, as plain files owned by root, to
 * PROGRAM_DIR, or DROP removes it, where the source itself is what runs. FETCH gives the program out, if it is no more than `most`
 * bytes, and BRING puts it back in another box, in place of COMPILE and KEEP. RUN runs in the empty WORK_DIR and leaves nothing behind. GIVE puts a file, in place of an earlier one of its
 * name, into GIVEN_DIR, where programs can read it. PLACE puts one into WORK_DIR for the RUN or CHECK with the same uid that
 * comes next, which removes it with all else. CHECK is a RUN of a program that may write into FEEDBACK_DIR, which is
 * emptied before when it is to be FRESH; the reply brings those of the named files that it holds afterwards. A FAILED reply to RUN or COMPILE means that the
 * supervisor could not do its work; what a program does is never a FAILED.
 */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#define PROTOCOL_VERSION 6

#define KIND_PING 'P'
#define KIND_PRELOAD 'L'
#define KIND_FILE 'F'
#define KIND_COMPILE 'C'
#define KIND_KEEP 'K'
#define KIND_DROP 'D'
#define KIND_RUN 'R'
#define KIND_GIVE 'G'
#define KIND_PLACE 'W'
#define KIND_CHECK 'V'
#define KIND_FETCH 'A'
#define KIND_BRING 'B'
#define KIND_HEAR 'H'
#define KIND_CLOSE 'Q'
#define KIND_MORE 'M'
#define KIND_PULSE 'U'
#define KIND_STOP 'S'
#define KIND_READY 'p'
#define KIND_DONE 'd'
#define KIND_ENDED 'r'
#define KIND_CHECKED 'v'
#define KIND_SAID 's'
#define KIND_TOOK 't'
#define KIND_ALIVE 'u'
#define KIND_PROGRAM 'a'
#define KIND_FAILED 'e'

#define FOLDER 4294967295 /* in place of a size */

#define FLAG_WALL 1      /* stopped because the wall-clock time was used up */
#define FLAG_CPU 2       /* stopped because the CPU time was used up */
#define FLAG_MEMORY 4    /* stopped because more memory was in use than allowed */
#define FLAG_OUTPUT 8    /* wrote more than allowed */
#define FLAG_LEFTOVERS 16 /* processes were still alive when the program itself had ended */
#define FLAG_UNCLEAN 32  /* files could not be removed afterwards: the box must not be used again */
#define FLAG_PRELOADED 64 /* the interpreter that was started beforehand became the program */

#define CHECK_FRESH 1 /* the folder for feedback is emptied first */
#define CHECK_TALK 2  /* standard input and output are pipes to the other side of the stream */
#define CHECK_TAKE 4  /* of the named files the last is removed when it is brought back */

#define WALL_STRETCH 10  /* how many times its wall-clock limit a program may take that is kept waiting for a processor */
#define STDERR_BYTES 65536
#define STRING_BYTES 32768   /* all arguments and variables of one order together */
#define ARGUMENTS 1024
#define FEEDBACK_FILES 16
#define WINDOW 65536   /* how far either side of a talk may be ahead of the other */

#define SOURCE_DIR "/box/source"
#define BUILD_DIR "/box/build"
#define PROGRAM_DIR "/box/program"
#define WORK_DIR "/box/work"
#define GIVEN_DIR "/box/given"
#define FEEDBACK_DIR "/box/feedback"

#endif
